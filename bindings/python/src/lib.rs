//! The Python module `copydoctor._native`. What people import is `copydoctor`, which is written in Python and has the
//! types; here is what needs the library. Nothing here knows more than the library does.

mod arrow;
mod classify;
mod diagnose;
mod engine;
mod read;

use pyo3::prelude::*;

/// The library, for the Python package around it.
#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::arrow::{Table, classify_arrow};
    #[pymodule_export]
    use crate::classify::classify;
    #[pymodule_export]
    use crate::diagnose::diagnose;
    #[pymodule_export]
    use crate::read::{Reader, read, read_bytes};
}
