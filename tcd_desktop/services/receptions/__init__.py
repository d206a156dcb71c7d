"""The reception desk: logging a visit, its slip, its drafts, the log book."""
