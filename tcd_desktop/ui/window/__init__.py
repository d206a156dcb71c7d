"""The frame of the window: rail, bars, keys, undo, the runner, and the page every desk is."""
