"""What people do: one class per desk, one method per act."""
