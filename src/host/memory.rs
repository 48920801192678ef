//! How the memory of the process is handed out by the kernel.

use std::io;

/// Hands out memory in small pages from now on, whatever the allocator advises.
///
/// mimalloc asks for huge pages. On kernels that grant them on advice, the first touch of each of
/// its areas, some for every thread, makes 2 MiB resident: 17 MB for a small server, with nothing
/// gained in requests a second.
pub fn use_small_pages() -> io::Result<()> {
    Ok(rustix::thread::disable_transparent_huge_pages(true)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn huge_pages_are_off_once_asked() {
        super::use_small_pages().unwrap();
        assert!(rustix::thread::transparent_huge_pages_are_disabled().unwrap());
    }
}
