"""What things cost, and from when to when: calling a model, tuning one, and the GPUs for serving one."""
