//! copydoctor tells why an AWS Backup copy job failed, and what to do now.

// The order is the architecture: a module imports only modules that stand before it.
