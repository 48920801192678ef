//! An origin with one stream of two seconds: pictures and sound apart, in fragments of MP4.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// A running origin. It answers as long as the process lives.
pub(super) struct Origin {
    address: SocketAddr,
    _folder: Arc<tempfile::TempDir>,
}

const MAIN: &str = "#EXTM3U\n#EXT-X-VERSION:7\n\
    #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"en\",DEFAULT=YES,CHANNELS=\"2\",URI=\"1/index.m3u8\"\n\
    #EXT-X-STREAM-INF:BANDWIDTH=500000,RESOLUTION=320x180,FRAME-RATE=25.000,\
CODECS=\"avc1.4d400d,mp4a.40.2\",AUDIO=\"a\"\n0/index.m3u8\n";

/// Calls ffmpeg with words that are given in one text.
pub(super) fn ffmpeg(words: &str, to: &Path) {
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-y"])
        .args(words.split_whitespace())
        .arg(to)
        .status()
        .unwrap();
    assert!(status.success(), "{words}");
}

impl Origin {
    pub(super) fn start() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let segments = folder.path().join("%v/%d.m4s");
        let words = format!(
            "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i sine=880:r=48000:d=2 \
             -map 0:v -map 1:a -c:v libx264 -preset ultrafast -bf 0 -g 25 -c:a aac \
             -f hls -hls_time 1 -hls_playlist_type vod -hls_segment_type fmp4 \
             -hls_segment_filename {} -var_stream_map",
            segments.display()
        );
        let status = Command::new("ffmpeg")
            .args(["-v", "error", "-nostdin", "-y"])
            .args(words.split_whitespace())
            .arg("v:0 a:0")
            .arg(folder.path().join("%v/index.m3u8"))
            .status()
            .unwrap();
        assert!(status.success());
        std::fs::write(folder.path().join("main.m3u8"), MAIN).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let served = Arc::clone(&folder);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut head = [0; 4096];
                let read = stream.read(&mut head).unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let path = head.split_whitespace().nth(1).unwrap_or("/").to_owned();
                let file = std::fs::read(served.path().join(path.trim_start_matches('/')));
                let (status, body) = match file {
                    Ok(body) => ("200 OK", body),
                    Err(_) => ("404 Not Found", Vec::new()),
                };
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                // Who hangs up has had enough.
                stream.write_all(answer.as_bytes()).ok();
                stream.write_all(&body).ok();
            }
        });
        Self {
            address,
            _folder: folder,
        }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/main.m3u8", self.address)
    }
}
