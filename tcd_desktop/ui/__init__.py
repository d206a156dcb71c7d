"""The only Qt: application, main window, pages, models, forms, delegates, runner."""
