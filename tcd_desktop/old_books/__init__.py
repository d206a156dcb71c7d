"""Files of old reception books (.xlsx, .xls, .csv): read with limits into sheets, refused rows written back."""
