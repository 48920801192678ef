//! Files, folders of them, or standard input; and what they list, by tenant.

use std::path::{Path, PathBuf};

use super::file::{File, TenantFile};
use super::places::Places;
use super::plan::Fault;
use crate::api::FieldProblem;
use crate::cli::failure::Failure;
use crate::cli::input::Source;
use crate::model::name::fold_name;

/// Most files of one run.
const FILES_MAX: usize = 1_000;
/// Deepest folder in a folder.
const FOLDERS_DEEP: usize = 16;

/// A file that was read.
#[derive(Debug)]
pub(in crate::cli) struct Loaded {
    pub(super) name: String,
    /// Where relative paths begin.
    pub(super) folder: PathBuf,
    text: String,
    file: File,
}

/// What the files list of one tenant.
#[derive(Debug)]
pub(super) struct Group {
    /// None for the tenant of the command.
    pub(super) name: Option<String>,
    pub(super) timezone: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) parts: Vec<Part>,
}

/// What one file lists of one tenant.
#[derive(Debug)]
pub(super) struct Part {
    /// Number of the file.
    pub(super) file: usize,
    /// What its paths begin with: `tenants[0].`, or nothing.
    pub(super) prefix: String,
    /// The lists; what else is in there says nothing here.
    pub(super) lists: TenantFile,
}

/// Reads all that is behind the sources.
pub(in crate::cli) fn load(given: &[Source]) -> Result<Vec<Loaded>, Failure> {
    let mut loaded = Vec::new();
    for source in given {
        for source in files_of(source)? {
            if loaded.len() >= FILES_MAX {
                return Err(Failure::usage(format!("more than {FILES_MAX} files")));
            }
            let document = source.document()?;
            loaded.push(Loaded {
                name: document.name().to_owned(),
                folder: folder_of(&source),
                file: document.parse()?,
                text: document.into_text(),
            });
        }
    }
    Ok(loaded)
}

/// The files behind a source: itself, or those of a folder and its folders in order of their
/// paths.
fn files_of(source: &Source) -> Result<Vec<Source>, Failure> {
    let Source::Path(path) = source else {
        return Ok(vec![source.clone()]);
    };
    if !path.is_dir() {
        return Ok(vec![source.clone()]);
    }
    let mut files = Vec::new();
    add_folder(path, FOLDERS_DEEP, &mut files)?;
    if files.is_empty() {
        let message = format!("{} has no YAML, TOML or JSON file", path.display());
        return Err(Failure::usage(message));
    }
    files.sort();
    Ok(files.into_iter().map(Source::Path).collect())
}

fn add_folder(folder: &Path, deep: usize, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::file("read", folder, &error);
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().and_then(std::ffi::OsStr::to_str);
        // Nothing of an editor or of git.
        if name.is_none_or(|name| name.starts_with('.')) {
            continue;
        }
        if path.is_dir() && deep > 0 {
            add_folder(&path, deep - 1, files)?;
            continue;
        }
        let extension = path.extension().and_then(std::ffi::OsStr::to_str);
        if matches!(extension, Some("yaml" | "yml" | "toml" | "json")) {
            files.push(path);
        }
    }
    Ok(())
}

fn folder_of(source: &Source) -> PathBuf {
    match source {
        Source::Path(path) => path.parent().unwrap_or(Path::new("")).to_owned(),
        Source::Stdin => PathBuf::new(),
    }
}

/// What the files list, by tenant in the order in which they come.
pub(super) fn by_tenant(files: &mut [Loaded]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (number, loaded) in files.iter_mut().enumerate() {
        let file = std::mem::take(&mut loaded.file);
        for (place, tenant) in file.tenants.into_iter().enumerate() {
            let prefix = format!("tenants[{place}].");
            let group = group_of(&mut groups, Some(&tenant.name));
            group.timezone = tenant.timezone.clone().or(group.timezone.take());
            group.currency = tenant.currency.clone().or(group.currency.take());
            group.parts.push(Part {
                file: number,
                prefix,
                lists: tenant,
            });
        }
        let lists = TenantFile {
            name: String::new(),
            timezone: None,
            currency: None,
            advertisers: file.advertisers,
            orders: file.orders,
            categories: file.categories,
            pods: file.pods,
            channels: file.channels,
            campaigns: file.campaigns,
        };
        if lists != TenantFile::default() {
            group_of(&mut groups, None).parts.push(Part {
                file: number,
                prefix: String::new(),
                lists,
            });
        }
    }
    groups
}

fn group_of<'g>(groups: &'g mut Vec<Group>, name: Option<&str>) -> &'g mut Group {
    let folded = name.map(fold_name);
    let found = groups
        .iter()
        .position(|group| group.name.as_deref().map(fold_name) == folded);
    let place = found.unwrap_or(groups.len());
    if found.is_none() {
        groups.push(Group {
            name: name.map(str::to_owned),
            timezone: None,
            currency: None,
            parts: Vec::new(),
        });
    }
    &mut groups[place]
}

/// Everything that is wrong, each with its place in its file.
pub(super) fn refused(files: &[Loaded], faults: &[Fault]) -> Failure {
    let places: Vec<Places> = files.iter().map(|file| Places::of(&file.text)).collect();
    let problems: Vec<FieldProblem> = faults
        .iter()
        .map(|fault| {
            let origin = &fault.origin;
            let path = match fault.field.as_str() {
                "" => origin.path.clone(),
                field => format!("{}.{field}", origin.path),
            };
            let file = files.get(origin.file);
            let spot = file.and_then(|file| places.get(origin.file)?.find(&file.text, &path));
            let name = file.map_or("", |file| file.name.as_str());
            let what = match fault.field.as_str() {
                "" => origin.what.clone(),
                field => format!("{}, {field}", origin.what),
            };
            match spot {
                None => FieldProblem {
                    field: format!("{name}: {what}"),
                    message: fault.message.clone(),
                },
                Some(spot) => FieldProblem {
                    field: format!("{name}:{}:{}: {what}", spot.line, spot.column),
                    message: format!("{}\n{}", fault.message, spot.excerpt),
                },
            }
        })
        .collect();
    let message = match problems.len() {
        1 => "one thing is wrong".to_owned(),
        count => format!("{count} things are wrong"),
    };
    Failure {
        problems: problems.into(),
        ..Failure::invalid(message)
    }
}
