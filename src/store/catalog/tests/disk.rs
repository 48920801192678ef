//! A disk that is full or read-only refuses writes by name, and reads go on.

use super::*;

/// A catalog in a file, since a disk is what this is about.
fn on_disk() -> (tempfile::TempDir, CatalogStore) {
    let temp = tempfile::tempdir().unwrap();
    let store = CatalogStore::open(&temp.path().join("catalog.db"), NOW).unwrap();
    (temp, store)
}

async fn pragma(store: &CatalogStore, name: &'static str, value: u32) {
    let set = move |connection: &mut Connection| connection.pragma_update(None, name, value);
    store.writer.run(set).await.unwrap().unwrap();
}

async fn make_tenant(store: &CatalogStore, number: u32) -> Result<Tenant, StoreError> {
    let spec = tenant_spec(&format!("tenant {number}"));
    let change = move |unit: &mut Unit<'_>| unit.insert::<Tenant>(spec);
    store.write(context(Scope::Tenants), change).await
}

async fn count(store: &CatalogStore) -> u64 {
    let list = |reader: &Reader<'_>| Ok(reader.list::<Tenant>(&ListQuery::default())?.total);
    store.read(Scope::Tenants, list).await.unwrap()
}

#[tokio::test]
async fn a_full_disk_refuses_the_write_keeps_the_rest_and_heals() {
    let (_temp, store) = on_disk();
    make_tenant(&store, 0).await.unwrap();
    // As many pages as it has now: SQLite answers as it does on a full disk.
    pragma(&store, "max_page_count", 1).await;
    let mut made = 1;
    let refusal = loop {
        match make_tenant(&store, u32::try_from(made).unwrap()).await {
            Ok(_tenant) => made += 1,
            Err(refusal) => break refusal,
        }
        assert!(made < 1_000, "the disk was never full");
    };
    assert!(
        matches!(refusal, StoreError::Database(SqliteError::Full)),
        "{refusal:?}"
    );
    assert_eq!(count(&store).await, made);
    pragma(&store, "max_page_count", 1_000_000).await;
    make_tenant(&store, u32::MAX).await.unwrap();
    assert_eq!(count(&store).await, made + 1);
}

#[tokio::test]
async fn a_read_only_database_is_told_apart() {
    let (_temp, store) = on_disk();
    make_tenant(&store, 0).await.unwrap();
    pragma(&store, "query_only", 1).await;
    let refusal = make_tenant(&store, 1).await.unwrap_err();
    assert!(
        matches!(refusal, StoreError::Database(SqliteError::ReadOnly)),
        "{refusal:?}"
    );
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn what_was_committed_is_there_after_the_end() {
    let (temp, store) = on_disk();
    make_tenant(&store, 0).await.unwrap();
    store.close();
    let again = CatalogStore::open(&temp.path().join("catalog.db"), NOW).unwrap();
    assert_eq!(count(&again).await, 1);
}
