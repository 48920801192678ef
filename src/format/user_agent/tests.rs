//! User agents in the forms that makers document and players send.

use proptest::prelude::*;

use super::*;

/// A user agent, then its type, brand and operating system; `-` is unknown.
const AGENTS: &[(&str, &str)] = &[
    // Roku.
    (
        "Roku/DVP-9.10 (519.10E04111A)",
        "streaming_stick roku roku_os",
    ),
    (
        "Roku/DVP-14.5 (14.5.4.5934-46)",
        "streaming_stick roku roku_os",
    ),
    (
        "Roku4640X/DVP-7.70 (297.70E04154A)",
        "streaming_stick roku roku_os",
    ),
    (
        "Mozilla/5.0 (compatible; Roku/DVP-12.0; Roku Streaming Player)",
        "streaming_stick roku roku_os",
    ),
    // Fire TV: players, then TV sets.
    (
        "Mozilla/5.0 (Linux; Android 7.1.2; AFTMM Build/NS6265; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/70.0.3538.110 Mobile Safari/537.36",
        "streaming_stick amazon fire_os",
    ),
    (
        "Mozilla/5.0 (Linux; Android 5.1.1; AFTS Build/LVY48F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.99900.2250.0242 Safari/537.36",
        "streaming_stick amazon fire_os",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 9; AFTKA Build/PS7633)",
        "streaming_stick amazon fire_os",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 11; AFTKRT Build/RS8142)",
        "streaming_stick amazon fire_os",
    ),
    (
        "ExoPlayerDemo/2.18 (Linux; Android 7.1.2; AFTSSS) ExoPlayerLib/2.18.1",
        "streaming_stick amazon fire_os",
    ),
    (
        "Mozilla/5.0 (Linux; Android 9; AFTWMST22 Build/PS7299; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/102.0.5005.125 Mobile Safari/537.36",
        "smart_tv amazon fire_os",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 7.1.2; AFTRS Build/NS6281)",
        "smart_tv amazon fire_os",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 9; AFTHA001 Build/PS7650; Hisense)",
        "smart_tv hisense fire_os",
    ),
    // Apple TV.
    (
        "AppleCoreMedia/1.0.0.20L563 (Apple TV; U; CPU OS 16_5 like Mac OS X; en_us)",
        "streaming_stick apple tvos",
    ),
    (
        "AppleCoreMedia/1.0.0.12B466 (Apple TV; U; CPU OS 8_1_3 like Mac OS X; en_us)",
        "streaming_stick apple tvos",
    ),
    ("AppleTV11,1/11.1", "streaming_stick apple tvos"),
    ("AppleTV6,2/16.1", "streaming_stick apple tvos"),
    (
        "News/4.1 (AppleTV14,1; tvOS 17.4; Scale/2.00)",
        "streaming_stick apple tvos",
    ),
    (
        "News/7 tvOS/15.2 model/AppleTV5,3 hwp/j42dap build/19K53",
        "streaming_stick apple tvos",
    ),
    // Samsung.
    (
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.5) AppleWebKit/537.36 (KHTML, like Gecko) 85.0.4183.93/6.5 TV Safari/537.36",
        "smart_tv samsung tizen",
    ),
    (
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/5.0 TV Safari/537.36",
        "smart_tv samsung tizen",
    ),
    (
        "Mozilla/5.0 (SMART-TV; Linux; Tizen 2.4.0) AppleWebKit/538.1 (KHTML, like Gecko) Version/2.4.0 TV Safari/538.1",
        "smart_tv samsung tizen",
    ),
    (
        "Mozilla/5.0 (Linux; Tizen 2.3; SMART-TV; SAMSUNG; UE48JU6400) AppleWebKit/538.1 (KHTML, like Gecko) SamsungBrowser/1.0 TV Safari/538.1",
        "smart_tv samsung tizen",
    ),
    (
        "Mozilla/5.0 (SMART-TV; X11; Linux armv7l) AppleWebKit/534.26+ (KHTML, like Gecko) Chromium/5.0.375.433 Chrome/5.0.375.433 Safari/534.26+",
        "smart_tv - -",
    ),
    (
        "Mozilla/5.0 (SmartHub; SMART-TV; U; Linux/SmartTV; Maple2012) AppleWebKit/534.7 (KHTML, like Gecko) SmartTV Safari/534.7",
        "smart_tv samsung orsay",
    ),
    (
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0; TCL) AppleWebKit/537.36 (KHTML, like Gecko) 94.0.4606.31/7.0 TV Safari/537.36",
        "smart_tv tcl tizen",
    ),
    // LG.
    (
        "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36 WebAppManager",
        "smart_tv lg webos",
    ),
    (
        "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.88 Safari/537.36 DMOST/2.0.0 (; LGE; webOSTV; WEBOS6.3.2 03.34.95; W6_lm21a;)",
        "smart_tv lg webos",
    ),
    (
        "Mozilla/5.0 (webOS; Linux/SmartTV) AppleWebKit/538.2 (KHTML, like Gecko) Large Screen WebAppManager Safari/538.2",
        "smart_tv lg webos",
    ),
    (
        "Mozilla/5.0 (DirectFB; Linux; ko-KR) AppleWebKit/534.26 (KHTML, like Gecko) Version/5.0 Safari/534.26 LG NetCast.TV-2012",
        "smart_tv lg netcast",
    ),
    (
        "Mozilla/5.0 (Unknown; Linux armv7l) AppleWebKit/537.1+ (KHTML, like Gecko) Safari/537.1+ LG Browser/6.00.00(+mouse+3D+SCREEN+TUNER; LGE; 42LA660S-ZA; 04.25.05; 0x00000001;); LG NetCast.TV-2013 /04.25.05 (LG, 42LA660S-ZA, wired)",
        "smart_tv lg netcast",
    ),
    // Android TV and Google TV.
    (
        "Mozilla/5.0 (Linux; Android 9; BRAVIA 4K UR2 Build/PTT1.190515.001.S104) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0.4147.125 Safari/537.36",
        "smart_tv sony android_tv",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 10; BRAVIA VH2 Build/QTG3.200305.006.S177)",
        "smart_tv sony android_tv",
    ),
    (
        "Mozilla/5.0 (Linux; Android 11; TCL Smart TV Build/RTM) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/95.0 Mobile Safari/537.36",
        "smart_tv tcl android_tv",
    ),
    (
        "Mozilla/5.0 (Linux; Andr0id 9; Philips UHD Android TV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0 Safari/537.36 OPR/46.0 OMI/4.21 PHILIPSTV",
        "smart_tv philips android_tv",
    ),
    (
        "Mozilla/5.0 (Linux; Android 12; Google TV; Hisense) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0 Safari/537.36",
        "smart_tv hisense android_tv",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 11; Smart TV Pro Build/RTT1; Skyworth)",
        "smart_tv skyworth android_tv",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 9; MiTV-MSSP1 Build/PI)",
        "smart_tv xiaomi android_tv",
    ),
    (
        "Mozilla/5.0 (Linux; Android 9; SHIELD Android TV Build/PPR1.180610.011) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/83.0 Safari/537.36",
        "streaming_stick nvidia android_tv",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 8.0.0; MIBOX3 Build/OPR6.170623.021)",
        "streaming_stick xiaomi android_tv",
    ),
    (
        "Dalvik/2.1.0 (Linux; U; Android 10; onn. 4K Streaming Box Build/QT)",
        "streaming_stick onn android_tv",
    ),
    // Chromecast.
    (
        "Mozilla/5.0 (Linux; Android 10; Chromecast Build/QTS1) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/83.0 Mobile Safari/537.36",
        "streaming_stick google android_tv",
    ),
    (
        "Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0.4147.110 Safari/537.36 CrKey/1.54.248666 DeviceType/Chromecast",
        "streaming_stick google cast",
    ),
    (
        "Mozilla/5.0 (Linux; Android 12; Chromecast HD Build/STTL) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0 Mobile Safari/537.36 CrKey/1.56.500000 DeviceType/AndroidTV",
        "streaming_stick google android_tv",
    ),
    // Vizio.
    (
        "Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/89.0.4389.72 Safari/537.36 CrKey/1.0.999999 VIZIO SmartCast(Conjure/MTKE-2.0.101.0 FW/1.20.24.1 Model/V505-J09)",
        "smart_tv vizio smartcast",
    ),
    (
        "Mozilla/5.0 (Linux; U; Linux; en) AppleWebKit/537 (KHTML, like Gecko) VIZIO/SX7A",
        "smart_tv vizio smartcast",
    ),
    // Consoles.
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/48.0.2564.82 Safari/537.36 Edge/20.02",
        "console microsoft xbox",
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0 Safari/537.36 Edge/18.22621",
        "console microsoft xbox",
    ),
    (
        "Mozilla/5.0 (PlayStation 4 3.11) AppleWebKit/537.73 (KHTML, like Gecko)",
        "console sony playstation",
    ),
    (
        "Mozilla/5.0 (PlayStation; PlayStation 5/6.50) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.4 Safari/605.1.15",
        "console sony playstation",
    ),
    (
        "Mozilla/5.0 (Nintendo Switch; WebApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.20.5 NintendoBrowser/5.1.0.22474",
        "console nintendo nintendo",
    ),
    // Hisense.
    (
        "Mozilla/5.0 (Linux; Android 9; HiSmart) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.152 Safari/537.36 VIDAA/6.0 (Hisense;SmartTV;55A6G)",
        "smart_tv hisense vidaa",
    ),
    (
        "Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0 Safari/537.36 OPR/46.0 Model/Vidaa VIDAA/7.6 (Toshiba;SmartTV;43)",
        "smart_tv toshiba vidaa",
    ),
    // Boxes of cable and satellite.
    (
        "Mozilla/5.0 (Linux; x86_64 GNU/Linux) AppleWebKit/601.1 (KHTML, like Gecko) Version/8.0 Safari/601.1 WPE comcast/pxd01",
        "set_top_box comcast -",
    ),
    (
        "Mozilla/5.0 (Linux; X1) XFINITY WPE/1.0 Safari/601.1",
        "set_top_box comcast -",
    ),
    (
        "Mozilla/5.0 (X11; Linux) AppleWebKit/538.1 (KHTML, like Gecko) Safari/538.1 SkyQ/ES240",
        "set_top_box sky -",
    ),
    (
        "Mozilla/5.0 (Linux; Android 9; STB; TECHNICOLOR UIW4054) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0 Safari/537.36",
        "set_top_box technicolor android_tv",
    ),
    ("TiVo/20.1 (MINI VOX; Linux)", "set_top_box tivo -"),
    // HbbTV.
    (
        "HbbTV/1.2.1 (+DL+PVR;Samsung;SmartTV2015;T-HKMDEUC-1490.3;;) WebKit",
        "smart_tv samsung -",
    ),
    (
        "Mozilla/5.0 (Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/47.0 Safari/537.36 HbbTV/1.4.1 (+DRM;LGE;43UJ634V-ZD;WEBOS3.5 05.00.00;W3_m16p;)",
        "smart_tv lg webos",
    ),
    (
        "Mozilla/5.0 (Linux; U; Linux; de) AppleWebKit/537 HbbTV/1.1.1 (;Panasonic;VIERA 2013;3.672;4101-0003 0002-0000;)",
        "smart_tv panasonic -",
    ),
    (
        "HbbTV/1.5.1 (+DRM; Vestel; MB180; 1.0.0; ;) CE-HTML/1.0",
        "smart_tv vestel -",
    ),
    (
        "Mozilla/5.0 (Linux; Andr0id; BRAVIA 2015) AppleWebKit/537.36 Chrome/41.0 Safari/537.36 HbbTV/1.2.1 (; Sony; KDL-50W805C; PKG; 2015;)",
        "smart_tv sony -",
    ),
    (
        "Opera/9.80 (Linux armv7l; HbbTV/1.1.1 (; Philips; 32PFL5507; 1.0; ;) NETTV/4.0.2; en) Version/11.60",
        "smart_tv philips -",
    ),
    // Phones, tablets and desktops.
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "phone apple ios",
    ),
    (
        "AppleCoreMedia/1.0.0.19H12 (iPhone; U; CPU OS 15_7 like Mac OS X; en_us)",
        "phone apple ios",
    ),
    (
        "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
        "tablet apple ios",
    ),
    (
        "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0 Mobile Safari/537.36",
        "phone samsung android",
    ),
    (
        "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0 Mobile Safari/537.36",
        "phone google android",
    ),
    (
        "Mozilla/5.0 (Linux; Android 12; SM-X706B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/101.0 Safari/537.36",
        "tablet samsung android",
    ),
    (
        "Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/101.3 like Chrome/101.0 Safari/537.36",
        "tablet amazon fire_os",
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0 Safari/537.36",
        "desktop - windows",
    ),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
        "desktop apple macos",
    ),
    (
        "Mozilla/5.0 (X11; CrOS x86_64 15699.85.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0 Safari/537.36",
        "desktop - chromeos",
    ),
    (
        "Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0",
        "desktop - linux",
    ),
    // What says nothing of a device.
    ("", "- - -"),
    ("Lavf/60.16.100", "- - -"),
    ("okhttp/4.9.0", "- - -"),
    ("curl/8.5.0", "- - -"),
    (
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "- - -",
    ),
    ("MediaTailor/1.0", "- - -"),
    ("Television", "- - -"),
    ("After/1.0 KFc Roast AFT", "- - -"),
];

#[test]
fn devices_are_known_by_their_user_agents() {
    assert!(AGENTS.len() >= 60);
    let mut wrong = Vec::new();
    for (agent, expected) in AGENTS {
        let found = device(agent);
        let word = |word: Option<String>| word.unwrap_or_else(|| "-".to_owned());
        let found = [found.kind, found.brand, found.os].map(word).join(" ");
        if found != *expected {
            wrong.push(format!("{agent}\n  is {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_tables_are_sorted_and_their_words_are_lower_case() {
    fn check<T>(table: &[(&str, T)]) {
        for pair in table.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} {}", pair[0].0, pair[1].0);
        }
        for (word, _) in table {
            assert!(
                word.len() <= WORD_MAX && *word == word.to_ascii_lowercase(),
                "{word}"
            );
        }
    }
    check(WORDS);
    check(BRANDS);
}

#[test]
fn only_the_beginning_of_a_long_text_is_read() {
    let mut long = "x ".repeat(BYTES_MAX);
    long.push_str("Roku/DVP-9.10");
    assert_eq!(device(&long), Device::default());
}

proptest! {
    #[test]
    fn anything_is_read_without_a_panic(agent in "\\PC{0,600}") {
        device(&agent);
    }

    /// Words alone decide: their case and what stands between them do not.
    #[test]
    fn marks_do_not_depend_on_case(agent in "(tizen|roku|xbox|tv|smart|linux|vidaa)( (tv|android|mobile|x11)){0,4}") {
        prop_assert_eq!(device(&agent), device(&agent.to_ascii_uppercase()));
    }
}
