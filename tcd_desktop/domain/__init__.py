"""What a reception, a petition, a case is. No Qt, no SQL, no gettext, no files, no clock."""
