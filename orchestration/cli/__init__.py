"""The `casualties` command: options in, calls down, text out. Nothing here decides what a figure is or means."""
