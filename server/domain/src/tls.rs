//! TLS, for whatever goes out to other servers.

/// Names the cryptography that TLS stands on in this process; again, nothing changes.
pub fn use_ring() {
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
}
