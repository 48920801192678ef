//! Pods, targeting and caps through the real daemon: what operators decided is what TVs get.

use serde_json::{Value, json};

use super::{Station, target};

const USERS: usize = 24;

impl Station {
    pub(super) fn make(&self, path: &str, fields: &Value) -> Value {
        self.daemon.admin("POST", path, fields)
    }

    /// Asks for a pod; `with` changes the fields of the request.
    pub(super) fn pod(&self, with: &Value) -> Value {
        let mut body = json!({"request_id": "r1", "channel": "news", "pod_duration": 30});
        for (field, value) in with.as_object().unwrap() {
            body[field] = value.clone();
        }
        let body = body.to_string();
        let answer = self
            .daemon
            .ask("POST", "/api/v2/ad-request", &[], body.as_bytes());
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

fn campaigns(pod: &Value) -> Vec<String> {
    let ads = pod["ads"].as_array().unwrap().iter();
    let id = |ad: &Value| ad["campaign_id"].as_str().unwrap().to_owned();
    ads.map(id).collect()
}

#[test]
fn a_pod_keeps_rivals_apart_and_plays_one_ad_after_another() {
    let station = Station::open();
    station.make(
        "/api/v2/categories",
        &json!({"code": "auto", "name": "Cars", "exclusive": true}),
    );
    station.make(
        "/api/v2/categories",
        &json!({"code": "auto.luxury", "name": "Luxury cars", "parent": "auto"}),
    );
    for name in ["bakery", "grocer", "bank"] {
        station.make("/api/v1/advertisers", &json!({"name": name}));
    }
    let price = |price: i64| price * 1_000_000;
    let car = station.campaign(
        "car",
        &json!({"categories": ["auto"], "price_micros": price(30)}),
    );
    let limousine = station.campaign(
        "limousine",
        &json!({"advertiser": "bank", "categories": ["auto.luxury"], "price_micros": price(40)}),
    );
    let bread = station.campaign("bread", &json!({"advertiser": "bakery"}));
    let milk = station.campaign("milk", &json!({"advertiser": "grocer", "position": "last"}));
    let more = station.campaign("more milk", &json!({"advertiser": "grocer"}));

    let pod = station.pod(&json!({}));
    let ads = campaigns(&pod);
    assert_eq!(ads.len(), 3, "{pod}");
    assert!(ads.contains(&limousine) && !ads.contains(&car), "{pod}");
    assert!(ads.contains(&bread), "{pod}");
    assert!(
        ads.contains(&milk) != ads.contains(&more),
        "one ad of the grocer: {pod}"
    );
    if ads.contains(&milk) {
        assert_eq!(ads.last(), Some(&milk), "{pod}");
    }
    let starts: Vec<_> = pod["ads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ad| ad["start"].clone())
        .collect();
    assert_eq!(starts, [json!(0.0), json!(6.0), json!(12.0)], "{pod}");

    // Each of them is counted by itself.
    for ad in pod["ads"].as_array().unwrap() {
        let beacon = target(&ad["tracking"]["impression"]);
        assert_eq!(station.daemon.get(&beacon).status, 204);
    }
    let totals = station.totals();
    assert_eq!(totals["requests"], 1);
    assert_eq!(
        (&totals["served"], &totals["impressions"]),
        (&json!(3), &json!(3))
    );

    // As VAST the same pod has a sequence.
    let answer = station
        .daemon
        .get("/api/v1/vast?channel=news&pod_duration=30");
    let document = answer.text();
    assert_eq!(document.matches("<Ad ").count(), 3, "{document}");
    assert!(document.contains("sequence=\"3\""), "{document}");
}

#[test]
fn targeting_decides_who_gets_what() {
    let station = Station::open();
    let rule = |rule: Value| json!({"targeting": {"rules": [rule]}});
    let coast = station.campaign(
        "coast",
        &rule(json!({"include": {"geo": ["US-CA", "dma:501"]}})),
    );
    let young = station.campaign(
        "young",
        &rule(json!({"include": {"age": ["18-34"], "segment": ["auto"]}, "exclude": {"rating": ["tv-ma"]}})),
    );
    let one = |with: Value| {
        let mut with = with;
        with["max_ads"] = json!(1);
        let pod = station.pod(&with);
        (campaigns(&pod).pop(), pod["no_ad_reason"].clone())
    };
    let california = json!({"geo": {"country": "US", "region": "CA"}});
    assert_eq!(one(california), (Some(coast.clone()), Value::Null));
    assert_eq!(
        one(json!({"geo": {"dma": "501"}})),
        (Some(coast), Value::Null)
    );
    let viewer = json!({"age": 20, "segments": ["AUTO"]});
    assert_eq!(one(json!({"user": viewer})), (Some(young), Value::Null));
    let rated = json!({"user": viewer, "content": {"rating": "TV-MA"}});
    assert_eq!(one(rated), (None, json!("targeting_rating")));
    assert_eq!(one(json!({"geo": {"country": "FR"}})).0, None);
    // A child is not targeted by who it is.
    let child = json!({"user": viewer, "regs": {"coppa": 1}, "coppa": 1});
    assert_eq!(one(child).0, None);
}

#[test]
fn a_cap_of_three_shows_every_user_three_of_many_asked_at_once() {
    let station = Station::open();
    let cap = json!({"scope": "user", "windows": [{"max": 3, "rolling_seconds": 3600}]});
    station.campaign("capped", &json!({"caps": [cap]}));
    let ask = |user: usize| {
        let user = json!({"id": format!("user-{user}")});
        campaigns(&station.pod(&json!({"user": user, "max_ads": 1}))).len()
    };
    let seen: Vec<usize> = std::thread::scope(|scope| {
        let of_user = |user| {
            let workers: Vec<_> = (0..2)
                .map(|_| scope.spawn(move || (0..4).map(|_| ask(user)).sum::<usize>()))
                .collect();
            workers
        };
        let workers: Vec<_> = (0..USERS).map(of_user).collect();
        let sum = |workers: Vec<std::thread::ScopedJoinHandle<'_, usize>>| {
            workers
                .into_iter()
                .map(|worker| worker.join().unwrap())
                .sum()
        };
        workers.into_iter().map(sum).collect()
    });
    assert_eq!(seen, [3; USERS]);
    let again = station.pod(&json!({"user": {"id": "user-1"}}));
    assert_eq!(again["no_ad_reason"], "cap_user");
    // Who does not say who watches is not served past a cap.
    let unknown =
        json!({"request_id": "r", "channel": "news", "pod_duration": 30, "device": {"lmt": 1}});
    let unknown = station.pod(&unknown);
    assert_ne!(unknown["no_ad_reason"], Value::Null, "{unknown}");
}

#[test]
fn an_order_bounds_its_campaigns_together() {
    let station = Station::open();
    let order = station.make(
        "/api/v1/orders",
        &json!({"name": "spring", "advertiser": "motorco", "impression_goal": 50}),
    );
    for name in ["one", "two", "three"] {
        station.campaign(name, &json!({"order": order["id"]}));
    }
    let served: usize = std::thread::scope(|scope| {
        let ask = || {
            (0..20)
                .map(|_| campaigns(&station.pod(&json!({"max_ads": 1}))).len())
                .sum::<usize>()
        };
        let workers: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .sum()
    });
    assert_eq!(served, 50);
    assert_eq!(station.pod(&json!({}))["no_ad_reason"], "order_goal");
}
