//! Many lists of bytes that grow side by side: each in blocks that double, chained, all in pages of one store.

/// Bytes of a page, as a power of two.
const PAGE: u32 = 20;
/// Bytes of a list's first block, with the number of the next.
const FIRST: u32 = 12;
/// So many times a list's blocks double.
const DOUBLINGS: u8 = 9;
/// Bytes of the number of the next block.
const LINK: u32 = 4;

/// Where a list begins and ends.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chain {
    head: u32,
    /// Where the next byte goes.
    at: u32,
    /// Where the block's room ends.
    end: u32,
    doublings: u8,
}

/// The store of all lists.
#[derive(Debug, Default)]
pub struct Chains {
    pages: Vec<Box<[u8]>>,
    /// The first free byte.
    free: u32,
}

impl Chains {
    /// Bytes that it takes.
    pub fn memory(&self) -> usize {
        self.pages.len() << PAGE
    }

    /// Whether there is room for a few million bytes more.
    pub fn has_room(&self) -> bool {
        self.free < u32::MAX - (64 << PAGE)
    }

    /// Puts a number behind a list: seven bits a byte.
    #[inline]
    pub fn push(&mut self, chain: &mut Chain, number: u32) {
        // Most are small, and there is room.
        match self.byte(chain.at) {
            Some(place) if number < 0x80 && chain.at < chain.end => {
                *place = number as u8;
                chain.at += 1;
            }
            _ => self.push_bytes(chain, number),
        }
    }

    fn push_bytes(&mut self, chain: &mut Chain, mut number: u32) {
        while number >= 0x80 {
            self.push_byte(chain, number as u8 | 0x80);
            number >>= 7;
        }
        self.push_byte(chain, number as u8);
    }

    fn push_byte(&mut self, chain: &mut Chain, byte: u8) {
        if chain.at == chain.end {
            self.grow(chain);
        }
        if let Some(place) = self.byte(chain.at) {
            *place = byte;
        }
        chain.at += 1;
    }

    #[inline]
    fn byte(&mut self, at: u32) -> Option<&mut u8> {
        let page = self.pages.get_mut((at >> PAGE) as usize)?;
        page.get_mut((at & ((1 << PAGE) - 1)) as usize)
    }

    fn grow(&mut self, chain: &mut Chain) {
        let is_first = chain.end == 0;
        if !is_first {
            chain.doublings = (chain.doublings + 1).min(DOUBLINGS);
        }
        let size = FIRST << chain.doublings;
        let left = (1 << PAGE) - (self.free & ((1 << PAGE) - 1));
        if self.pages.is_empty() || left < size || left == 1 << PAGE {
            // The first bytes stay free: 0 is no place.
            self.free = ((self.pages.len() as u32) << PAGE) + LINK;
            self.pages.push(vec![0; 1 << PAGE].into_boxed_slice());
        }
        let block = self.free;
        self.free += size;
        if is_first {
            chain.head = block;
        } else {
            for (offset, byte) in (0..).zip(block.to_le_bytes()) {
                if let Some(place) = self.byte(chain.end + offset) {
                    *place = byte;
                }
            }
        }
        chain.at = block;
        chain.end = block + size - LINK;
    }

    /// The bytes of a list, put behind `out`.
    pub fn read(&self, chain: &Chain, out: &mut Vec<u8>) {
        let mut block = chain.head;
        let mut doublings = 0;
        loop {
            let room = block + (FIRST << doublings) - LINK;
            if block == 0 || room == chain.end {
                out.extend_from_slice(self.slice(block, chain.at));
                return;
            }
            out.extend_from_slice(self.slice(block, room));
            block = self.slice(room, room + LINK).try_into().map_or(0, u32::from_le_bytes);
            doublings = (doublings + 1).min(DOUBLINGS);
        }
    }

    fn slice(&self, from: u32, to: u32) -> &[u8] {
        let page = self.pages.get((from >> PAGE) as usize).map_or(&[][..], |page| page);
        let start = (from & ((1 << PAGE) - 1)) as usize;
        page.get(start..start + to.saturating_sub(from) as usize).unwrap_or_default()
    }
}

/// The numbers of a list's bytes.
pub struct Numbers<'b>(pub &'b [u8]);

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in (0..35).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn lists_come_back_as_they_were_put_in(pushed in proptest::collection::vec((0_usize..5, proptest::num::u32::ANY), 0..4_000)) {
            let mut chains = Chains::default();
            let mut lists = [Chain::default(); 5];
            let mut wanted = [const { Vec::new() }; 5];
            for (list, number) in pushed {
                chains.push(&mut lists[list], number);
                wanted[list].push(number);
            }
            for (list, wanted) in lists.iter().zip(wanted) {
                let mut bytes = Vec::new();
                chains.read(list, &mut bytes);
                proptest::prop_assert_eq!(Numbers(&bytes).collect::<Vec<_>>(), wanted);
            }
        }
    }

    #[test]
    fn a_long_list_goes_over_pages() {
        let mut chains = Chains::default();
        let (mut long, mut other) = (Chain::default(), Chain::default());
        for number in 0..1_000_000 {
            chains.push(&mut long, number);
            if u32::is_multiple_of(number, 1_000) {
                chains.push(&mut other, number);
            }
        }
        let mut bytes = Vec::new();
        chains.read(&long, &mut bytes);
        assert!(Numbers(&bytes).eq(0..1_000_000));
        bytes.clear();
        chains.read(&other, &mut bytes);
        assert!(Numbers(&bytes).eq((0..1_000_000).step_by(1_000)));
        assert!(chains.memory() > 2 << PAGE && chains.has_room());
    }
}
