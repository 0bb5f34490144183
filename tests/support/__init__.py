"""What the tests share: oracles, people, sandboxes. A test imports from here, never from another test."""
