//! The public side of the real daemon, over real sockets.

mod bad_input;

use serde_json::json;

use crate::support::daemon::Daemon;

/// A daemon with one tenant, one advertiser and one channel.
struct Station {
    daemon: Daemon,
    _data: tempfile::TempDir,
}

impl Station {
    fn open() -> Self {
        let data = tempfile::tempdir().unwrap();
        let daemon = Daemon::start(data.path(), &[]);
        daemon.admin("POST", "/api/v1/tenants", &json!({"name": "acme"}));
        daemon.admin("POST", "/api/v1/advertisers", &json!({"name": "motorco"}));
        daemon.admin("POST", "/api/v1/channels", &json!({"name": "news"}));
        Self {
            daemon,
            _data: data,
        }
    }
}
