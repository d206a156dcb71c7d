"""The matter (vụ việc): petitions, steps of the procedures, clocks, what its decision orders."""
