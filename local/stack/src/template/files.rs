//! Where the templates are.

use std::path::Path;
use std::{fs, io};

/// The templates of the workspace, from its root, in the order in which they are deployed
/// (docs/adr/0019-two-stacks.md).
pub const FILES: [&str; 2] = ["template.yaml", "weather.yaml"];

/// The texts of [`FILES`] of the workspace at `root`.
///
/// # Errors
/// That of the first file that cannot be read, with its path.
pub fn read_files(root: &Path) -> io::Result<Vec<String>> {
    let read = |name: &&str| {
        let path = root.join(name);
        fs::read_to_string(&path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
    };
    FILES.iter().map(read).collect()
}
