"""The cases desk under the hands of an officer."""
