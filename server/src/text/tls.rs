//! TLS for plain text.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Speaks TLS with those who come.
pub type Tls = TlsAcceptor;

/// Reads the certificate, with those between it and its root, and its key.
///
/// # Errors
/// One line for whoever starts the program, where only one is given or the files cannot be used.
pub fn load(cert: Option<&Path>, key: Option<&Path>) -> anyhow::Result<Option<Tls>> {
    let (cert, key) = match (cert, key) {
        (None, None) => return Ok(None),
        (Some(cert), Some(key)) => (cert, key),
        _ => bail!("--tcp-tls-cert and --tcp-tls-key go together"),
    };
    let in_cert = || format!("--tcp-tls-cert {} cannot be used", cert.display());
    let in_key = || format!("--tcp-tls-key {} cannot be used", key.display());
    let certs = CertificateDer::pem_file_iter(cert).with_context(in_cert)?;
    let certs: Vec<_> = certs.collect::<Result<_, _>>().with_context(in_cert)?;
    if certs.is_empty() {
        return Err(anyhow::anyhow!("it holds no certificate")).with_context(in_cert);
    }
    let key = PrivateKeyDer::from_pem_file(key).with_context(in_key)?;
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(certs, key)
        .with_context(in_cert)?;
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}
