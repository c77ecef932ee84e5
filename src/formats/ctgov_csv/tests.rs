//! Small tables of both forms, and bytes of any kind.
