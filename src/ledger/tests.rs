//! The book and the postings against an oracle that keeps everything.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use proptest::prelude::*;

use super::*;
use crate::model::{
    CampaignId, ChannelId, Country, CreativeId, DeviceType, Millis, PriceModel, Receiver, ServedAd,
    ServedAdId, TenantId, Timestamp,
};

const DAY: Day = Day {
    start: Timestamp::from_millis(0),
    end: Timestamp::from_millis(86_400_000),
};

/// An ad whose campaign, creative and price follow from its id, as they do for real ads.
fn ad(id: u64) -> ServedAd {
    let small = u32::try_from(id % 5).unwrap();
    ServedAd {
        id: ServedAdId::new(id),
        tenant: TenantId::new(1 + small % 2),
        channel: (small < 3).then(|| ChannelId::new(small + 1)),
        campaign: CampaignId::new(small + 1),
        creative: CreativeId::new(small + 10),
        price_model: PriceModel::ALL[small as usize % 4],
        charge: Nanos(if small % 4 == 3 { 0 } else { 24_000_000 }),
        decided_at: Timestamp::from_millis(i64::try_from(id % 100_000).unwrap() * 1_000),
        duration: Millis(30_000),
        receiver: Receiver::UNKNOWN,
    }
}

fn event(id: u64, kind: EventKind) -> Event {
    let ad = ad(id);
    let error_code = (kind == EventKind::Error && id.is_multiple_of(2)).then_some(405);
    let at = ad.decided_at.plus(Millis(1_234));
    Event {
        ad,
        kind,
        error_code,
        at,
    }
}

/// Every unit is granted and every charge billed: budgets are not the matter here.
fn settled(event: Event) -> Entry {
    let due = if is_billable(&event) {
        Due::Billed(DAY)
    } else {
        Due::Nothing
    };
    let unit = event.kind == EventKind::Impression;
    let settlement = Settlement {
        unit,
        due,
        order: None,
    };
    Entry { event, settlement }
}

/// All that the fold of a stream says, in a form that does not depend on its order.
type Totals = (
    BTreeMap<(Hour, Cell), Figures>,
    BTreeMap<(Hour, Cell, u16), u64>,
    BTreeMap<CampaignId, (u64, Nanos)>,
);

fn totals(postings: &Postings) -> Totals {
    let spending = postings
        .spending
        .iter()
        .map(|(&campaign, sum)| (campaign, (sum.impressions, sum.spend)));
    (
        postings.figures.clone().into_iter().collect(),
        postings.errors.clone().into_iter().collect(),
        spending.collect(),
    )
}

fn fold(stream: &[Event]) -> Postings {
    let mut book = Book::default();
    let mut postings = Postings::default();
    for event in stream {
        if book.apply(event) == Verdict::Fresh {
            postings.post(&settled(*event));
        }
    }
    postings
}

/// Keeps every event there is in a set, and counts the set afterwards.
fn oracle(stream: &[Event]) -> Totals {
    let unique: BTreeSet<(u64, EventKind)> = stream
        .iter()
        .map(|event| (event.ad.id.get(), event.kind))
        .collect();
    let mut totals = Totals::default();
    for (id, kind) in unique {
        let event = event(id, kind);
        let (hour, cell) = (Hour::of(event.at), Cell::of(&event.ad));
        let figures = totals.0.entry((hour, cell)).or_default();
        figures.add(Metric::of(kind), 1);
        if kind == EventKind::Error {
            let code = event.error_code.unwrap_or(900);
            *totals.1.entry((hour, cell, code)).or_default() += 1;
        }
        let billable = is_billable(&event);
        if billable {
            figures.add(Metric::Billable, 1);
            figures.charge(event.ad.charge);
        }
        if kind == EventKind::Impression || (billable && event.ad.charge != Nanos::ZERO) {
            let sum = totals.2.entry(event.ad.campaign).or_default();
            sum.0 += u64::from(kind == EventKind::Impression);
            sum.1.0 += if billable { event.ad.charge.0 } else { 0 };
        }
    }
    totals
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    // Ids on both sides of the ends of pages and segments, each many times.
    let id = prop_oneof![
        0..8_u64,
        4_090..4_100_u64,
        (1 << 20) - 3..(1 << 20) + 3_u64,
        u64::MAX - 3..=u64::MAX,
    ];
    let kind = prop::sample::select(EventKind::ALL);
    prop::collection::vec((id, kind).prop_map(|(id, kind)| event(id, kind)), 0..300)
}

/// An entry with any value in any field.
fn any_entry() -> impl Strategy<Value = Entry> {
    let ids: (_, _, _, _, _) = (
        any::<u64>(),
        any::<u32>(),
        any::<Option<u32>>(),
        any::<u32>(),
        any::<u32>(),
    );
    let times = (
        any::<i64>(),
        any::<u64>(),
        any::<i64>(),
        any::<(i64, i64)>(),
    );
    let words = (
        prop::sample::select(EventKind::ALL),
        prop::sample::select(PriceModel::ALL),
        any::<Option<u16>>(),
        0..3_u8,
        any::<bool>(),
    );
    let receiver = any::<u16>().prop_filter_map("no receiver", Receiver::from_bits);
    let at = Timestamp::from_millis;
    let charge = (any::<i64>(), receiver);
    (ids, times, words, charge).prop_map(move |(ids, times, words, (charge, receiver))| Entry {
        event: Event {
            ad: ServedAd {
                id: ServedAdId::new(ids.0),
                tenant: TenantId::new(ids.1),
                channel: ids.2.map(ChannelId::new),
                campaign: CampaignId::new(ids.3),
                creative: CreativeId::new(ids.4),
                price_model: words.1,
                charge: Nanos(charge),
                decided_at: at(times.0),
                duration: Millis(times.1),
                receiver,
            },
            kind: words.0,
            error_code: words.2,
            at: at(times.2),
        },
        settlement: Settlement {
            unit: words.4,
            due: match words.3 {
                0 => Due::Nothing,
                1 => Due::Unbilled,
                _ => Due::Billed(Day {
                    start: at(times.3.0),
                    end: at(times.3.1),
                }),
            },
            order: ids.2.map(|order| {
                let (start, end) = (at(times.3.1), at(times.3.0));
                (OrderId::new(order), Day { start, end })
            }),
        },
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_order_and_repetition_gives_the_same_counts(
        stream in events(),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..300),
        seed: u64,
    ) {
        let expected = oracle(&stream);
        prop_assert_eq!(totals(&fold(&stream)), expected.clone());

        let mut shuffled = stream.clone();
        if !stream.is_empty() {
            shuffled.extend(again.iter().map(|index| *index.get(&stream)));
        }
        let mut order: Vec<_> = shuffled.into_iter().zip(1_u64..).collect();
        order.sort_by_key(|&(_event, place)| place.wrapping_mul(seed | 1));
        let shuffled: Vec<Event> = order.into_iter().map(|(event, _place)| event).collect();
        prop_assert_eq!(totals(&fold(&shuffled)), expected);
    }

    #[test]
    fn counts_of_parts_add_up_to_those_of_the_whole(stream in events(), cut: prop::sample::Index) {
        let mut book = Book::default();
        let fresh: Vec<Entry> = stream.iter().filter(|event| book.apply(event) == Verdict::Fresh)
            .copied().map(settled).collect();
        let (left, right) = fresh.split_at(cut.index(fresh.len() + 1));
        let sum = |entries: &[Entry]| {
            let mut postings = Postings::default();
            for entry in entries { postings.post(entry); }
            postings
        };
        let mut merged = sum(left);
        merged.merge(sum(right));
        prop_assert_eq!(totals(&merged), totals(&sum(&fresh)));
    }

    #[test]
    fn a_book_kept_in_pages_is_the_same_book(stream in events(), more in events()) {
        let mut book = Book::default();
        for event in &stream { book.apply(event); }
        let mut restored = Book::new(book.floor());
        for (key, page) in book.dirty() {
            let page = Page::from_bytes(&page.to_bytes()).unwrap();
            restored.restore(key, page);
        }
        for event in stream.iter().chain(&more) {
            prop_assert_eq!(restored.apply(event), book.apply(event));
        }
    }

    #[test]
    fn what_is_undone_counts_when_it_comes_again(stream in events(), failed in events()) {
        let mut book = Book::default();
        for event in &stream { book.apply(event); }
        let fresh: Vec<_> = failed.iter().filter(|event| book.apply(event) == Verdict::Fresh).collect();
        for event in fresh.iter().rev() { book.undo(event); }
        for event in &stream {
            prop_assert_eq!(book.apply(event), Verdict::Duplicate);
        }
        for event in fresh {
            prop_assert_eq!(book.apply(event), Verdict::Fresh);
        }
    }

    #[test]
    fn entries_survive_their_bytes(entries in prop::collection::vec(any_entry(), 0..40)) {
        prop_assert_eq!(decode(&encode(&entries)), Ok(entries));
    }

    #[test]
    fn any_change_of_a_batch_is_noticed(
        entries in prop::collection::vec(any_entry(), 0..4), place: prop::sample::Index, bit in 0..8_u8,
    ) {
        let mut bytes = encode(&entries);
        prop_assert!(decode(&bytes[..place.index(bytes.len())]).is_err());
        let place = place.index(bytes.len());
        bytes[place] ^= 1 << bit;
        prop_assert!(decode(&bytes).is_err());
    }

    #[test]
    fn no_bytes_upset_the_reader(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let refused = decode(&bytes);
        // Behind a fitting checksum as well.
        if let [version, a, b, c, d, body @ ..] = bytes.as_mut_slice() {
            *version = 1;
            let sum = checksum(CrcAlgorithm::Crc32Iscsi, body);
            [*a, *b, *c, *d] = u32::try_from(sum).unwrap().to_le_bytes();
            if let Ok(entries) = decode(&bytes) {
                prop_assert_eq!(decode(&encode(&entries)), Ok(entries));
            }
        } else {
            prop_assert!(refused.is_err());
        }
    }
}

#[test]
fn a_batch_on_disk_keeps_its_layout() {
    let entries = [
        settled(event(3, EventKind::Impression)),
        settled(event(4, EventKind::Error)),
    ];
    let text = STANDARD_NO_PAD.encode(encode(&entries));
    // Written by the first version of the program: may be read for ever, and never changes.
    assert_eq!(
        text,
        "AcWK4y8ClEIAFwYCBA0AoxOw6gEAk0LsrbJSDUACAQUOgNjxFtMDsOoB0A+VAw"
    );
    assert_eq!(decode(&[2, 0, 0, 0, 0, 0, 0]), Err(CodecError::Version(2)));
    assert_eq!(decode(&[]), Err(CodecError::Malformed));
}

#[test]
fn an_entry_of_a_busy_hour_is_small() {
    let entries: Vec<Entry> = (0..1_000)
        .map(|id| settled(event(50_000 + id, EventKind::Midpoint)))
        .collect();
    let bytes = encode(&entries).len();
    assert!(bytes < 30 * entries.len(), "{bytes} bytes");
}

#[test]
fn pages_are_forgotten_lowest_first_and_never_come_back() {
    let page = PAGE_ADS as u64;
    let mut book = Book::default();
    for id in [0, page, 2 * page, 3 * page] {
        assert_eq!(book.apply(&event(id, EventKind::Start)), Verdict::Fresh);
    }
    // Ads of page n were decided from 4,096,000 n ms on.
    let floor = book.floor_at(&alive(8_192_000 + 1));
    assert_eq!(floor, PageKey(2));
    assert_eq!(book.floor(), PageKey(0), "asking changes nothing");
    book.forget(floor);
    assert_eq!(book.pages(), 2);
    assert_eq!(book.apply(&event(0, EventKind::Start)), Verdict::Forgotten);
    assert_eq!(
        book.apply(&event(page + 1, EventKind::Start)),
        Verdict::Forgotten
    );
    assert_eq!(
        book.apply(&event(2 * page, EventKind::Start)),
        Verdict::Duplicate
    );

    // A clock that jumped a year ahead takes all but the newest page.
    book.forget(book.floor_at(&alive(31_536_000_000)));
    assert_eq!((book.floor(), book.pages()), (PageKey(3), 1));
    assert_eq!(
        book.apply(&event(3 * page, EventKind::Start)),
        Verdict::Duplicate
    );
    // And when it is back, nothing is remembered again.
    book.forget(book.floor_at(&alive(0)));
    assert_eq!(book.floor(), PageKey(3));
}

/// Ads that may still report when those decided before `horizon` may not: a day's.
fn alive(horizon: i64) -> RangeInclusive<Timestamp> {
    let horizon = Timestamp::from_millis(horizon);
    horizon..=horizon.plus(Millis(86_400_000))
}

#[test]
fn a_page_is_remembered_while_an_ad_of_it_that_was_not_heard_of_may_report() {
    let page = PAGE_ADS as u64;
    let mut book = Book::default();
    // A quiet node: the ids of one page are given out over days. Of the first ad an event came;
    // the last one was decided long after it and is not heard of yet.
    book.apply(&event(0, EventKind::Start));
    book.apply(&event(page + 1, EventKind::Start));
    let late = event(page - 1, EventKind::Impression);
    book.forget(book.floor_at(&alive(late.ad.decided_at.millis() - 1_000)));
    assert_eq!(book.apply(&late), Verdict::Fresh, "an event was lost");
}

#[test]
fn a_page_that_was_not_heard_of_is_remembered_too() {
    let page = PAGE_ADS as u64;
    let mut book = Book::default();
    // Nobody saw the ads of the first page yet: most calls went without one.
    book.apply(&event(page, EventKind::Start));
    book.forget(book.floor_at(&alive(-80_000_000)));
    let verdict = book.apply(&event(page - 1, EventKind::Impression));
    assert_eq!(verdict, Verdict::Fresh, "an event was lost");
}

#[test]
fn a_page_from_the_future_holds_up_no_other() {
    let page = PAGE_ADS as u64;
    let mut book = Book::default();
    let mut ahead = event(0, EventKind::Start);
    // Decided while the clock was wrong by thirty years.
    ahead.ad.decided_at = Timestamp::from_millis(946_080_000_000);
    book.apply(&ahead);
    for id in [page, 2 * page, 3 * page] {
        book.apply(&event(id, EventKind::Start));
    }
    assert_eq!(
        book.floor_at(&alive(0)),
        PageKey(0),
        "no proof that it is old"
    );
    assert_eq!(book.floor_at(&alive(8_192_000 + 1)), PageKey(2));
}

#[test]
fn a_clock_that_was_set_back_for_a_while_costs_nothing() {
    let page = PAGE_ADS as u64;
    let mut book = Book::default();
    for id in [20 * page, 21 * page] {
        book.apply(&event(id, EventKind::Start));
    }
    let mut behind = event(22 * page, EventKind::Start);
    behind.ad.decided_at = Timestamp::from_millis(0);
    book.apply(&behind);
    // While it is behind, the pages before are of the future; afterwards they are alive.
    assert_eq!(book.floor_at(&alive(-90_000_000)), PageKey(0));
    assert_eq!(book.floor_at(&alive(50_000_000)), PageKey(0));
}

#[test]
fn only_changed_pages_are_dirty() {
    let mut book = Book::default();
    book.apply(&event(0, EventKind::Start));
    book.apply(&event(PAGE_ADS as u64, EventKind::Start));
    book.mark_kept();
    assert_eq!(book.dirty().count(), 0);
    book.apply(&event(0, EventKind::Start));
    assert_eq!(book.dirty().count(), 0, "a duplicate changes nothing");
    book.apply(&event(1, EventKind::Start));
    let dirty: Vec<_> = book.dirty().map(|(key, _page)| key).collect();
    assert_eq!(dirty, [PageKey(0)]);
}

#[test]
fn a_damaged_page_is_refused() {
    let mut book = Book::default();
    book.apply(&event(7, EventKind::Start));
    let good = book.dirty().next().unwrap().1.to_bytes();
    assert!(Page::from_bytes(&good).is_ok());
    for found in [0, 1, 12, good.len() - 1] {
        assert_eq!(Page::from_bytes(&good[..found]), Err(PageError));
    }
    assert_eq!(
        Page::from_bytes(&[good.as_slice(), &[0]].concat()),
        Err(PageError)
    );
    for place in [0, 4, 12, good.len() - 1] {
        let mut bad = good.clone();
        bad[place] ^= 1;
        assert_eq!(Page::from_bytes(&bad), Err(PageError));
    }
}

#[test]
fn calls_and_served_ads_are_counted_where_they_belong() {
    let mut postings = Postings::default();
    let (tenant, hour) = (TenantId::new(1), Hour(7));
    let call = Call {
        tenant,
        channel: Some(ChannelId::new(4)),
        receiver: Receiver::new(DeviceType::Console, Country::said(Some("FR"))),
        wanted: Some(Millis(60_000)),
    };
    let any_length = Call {
        wanted: None,
        ..call
    };
    let place = Cell::of_call(&call);
    postings.request(&call, hour, None);
    postings.request(&any_length, hour, Some("budget"));
    postings.serve(&call, &ad(1));
    postings.serve(&any_length, &ad(1));
    let figures = &postings.figures[&(hour, place)];
    assert_eq!(figures.of(Metric::Requests), 2);
    assert_eq!(postings.no_fill.values().sum::<u64>(), 1);
    let served = &postings.figures[&(Hour::of(ad(1).decided_at), Cell::of(&ad(1)))];
    assert_eq!(served.of(Metric::Served), 2);
    // Only of calls that said how long is it known what they asked for.
    assert_eq!(figures.of(Metric::AskedMs), 60_000);
    assert_eq!(served.of(Metric::FilledMs), ad(1).duration.0);
    assert_eq!(figures.of(Metric::Unfilled), 1);
    assert!(postings.spending.is_empty());
}

#[test]
fn what_is_settled_in_an_order_counts_there_on_the_day_of_the_order() {
    let order = OrderId::new(4);
    let day = Day {
        start: DAY.end,
        end: DAY.end.plus(Millis(1)),
    };
    let in_order = |event| {
        let mut entry = settled(event);
        entry.settlement.order = Some((order, day));
        entry
    };
    let mut postings = Postings::default();
    for id in 1..=3 {
        postings.post(&in_order(event(id, EventKind::Impression)));
    }
    let mut more = Postings::default();
    more.post(&in_order(event(4, EventKind::Impression)));
    more.post(&settled(event(5, EventKind::Impression)));
    postings.merge(more);
    let spending = &postings.orders[&order];
    let charged = |id| in_order(event(id, EventKind::Impression)).charged().0;
    let charged: i64 = (1..=4).map(charged).sum();
    assert_eq!((spending.impressions, spending.spend), (4, Nanos(charged)));
    assert_eq!(spending.days, [(day, Nanos(charged))]);
    assert_eq!(spending.first, None);
}

#[test]
fn an_unbilled_event_is_counted_and_costs_nothing() {
    let event = event(5, EventKind::Impression);
    let settlement = Settlement {
        unit: false,
        due: Due::Unbilled,
        order: None,
    };
    let mut postings = Postings::default();
    postings.post(&Entry { event, settlement });
    let figures = postings.figures.values().next().unwrap();
    assert_eq!(figures.of(Metric::Impressions), 1);
    assert_eq!(figures.of(Metric::Unbilled), 1);
    assert_eq!(figures.of(Metric::Billable), 0);
    assert_eq!(figures.spend, Nanos::ZERO);
    let spending = &postings.spending[&event.ad.campaign];
    assert_eq!((spending.impressions, spending.spend), (0, Nanos::ZERO));
}
