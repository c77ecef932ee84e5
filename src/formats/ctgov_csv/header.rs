//! The header row: what tells such an export, its separator and its columns.

use super::columns;

/// What may separate cells: comma, tab, and the semicolon of some spreadsheets.
const SEPARATORS: &[u8] = b",\t;";
/// So many columns at least.
const LEAST: usize = 2;
/// No header is longer than this many bytes.
const LONGEST: usize = 16 << 10;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A header row.
#[derive(Debug)]
pub struct Header {
    separator: u8,
    names: Vec<String>,
    /// Where the rows begin in the file, and at which line.
    end: usize,
    lines: u64,
}

impl Header {
    /// The header row at the beginning of a file: at least half of its columns are known.
    pub fn of(file: &[u8]) -> Option<Self> {
        let bom = if file.starts_with(BOM) { BOM.len() } else { 0 };
        let head = file.get(bom..file.len().min(LONGEST + bom))?;
        let best =
            SEPARATORS.iter().filter_map(|separator| read(head, *separator)).max_by_key(Self::known)?;
        let known = best.known();
        (known >= LEAST && known * 2 >= best.names.len()).then_some(Self { end: best.end + bom, ..best })
    }

    /// The columns' names as they stand there.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Where the rows begin in the file.
    pub fn end(&self) -> usize {
        self.end
    }

    /// The line at which the rows begin, from 1.
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The rows of the file.
    pub fn rows<'f>(&self, file: &'f [u8]) -> &'f [u8] {
        file.get(self.end..).unwrap_or_default()
    }

    /// A reader of rows.
    pub fn reader<'b>(&self, bytes: &'b [u8]) -> csv::Reader<&'b [u8]> {
        reader(bytes, self.separator)
    }

    /// What is wrong with a row of so many cells.
    pub fn wrong_width(&self, cells: usize) -> String {
        let wanted = self.names.len();
        let hint =
            if cells < wanted { "cut off, or a quotation mark is left open" } else { "a cell is not quoted" };
        format!("{cells} cells where the header has {wanted}: {hint}")
    }

    fn known(&self) -> usize {
        self.names.iter().filter(|name| columns::is_known(name)).count()
    }
}

fn read(head: &[u8], separator: u8) -> Option<Header> {
    let mut reader = reader(head, separator);
    let mut cells = csv::ByteRecord::new();
    reader.read_byte_record(&mut cells).ok().filter(|any| *any)?;
    let names = cells.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    let at = reader.position();
    Some(Header { separator, names, end: at.byte() as usize, lines: at.line() })
}

fn reader(bytes: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes)
}
