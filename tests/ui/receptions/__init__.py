"""The reception desk under the hands of an officer."""
