"""Questions about an advice, by kind, and talk that asks nothing of one."""
