//! Pictures in boxes: HEIC and AVIF (ISO/IEC 23008-12). A file has items; those that are no pictures tell about them.

use std::collections::HashMap;
use std::io::{Read, Seek, Write};
use std::ops::Range;

use crate::boxes::{self, Found, Name, VERSION_AND_FLAGS, number};
use crate::film::{Level, Said, walk};
use crate::in_place::InPlace;
use crate::{Fault, Result};

/// A picture that only the browser can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Still {
    /// Upright, in pixels.
    pub width: u32,
    /// Upright, in pixels.
    pub height: u32,
    /// It moves.
    pub animated: bool,
}

/// What may be in such a file, beside empty room.
const KEPT: [Name; 4] = [*b"ftyp", *b"meta", *b"moov", *b"mdat"];
/// What may be said about its items (ISO/IEC 14496-12, 8.11).
const META_KEPT: [Name; 9] =
    [*b"hdlr", *b"pitm", *b"iinf", *b"iloc", *b"iref", *b"iprp", *b"idat", *b"dinf", *b"grpl"];
/// Items that are pictures, and ways to put pictures together.
const PICTURES: [Name; 10] =
    [*b"hvc1", *b"av01", *b"avc1", *b"vvc1", *b"evc1", *b"lhv1", *b"grid", *b"iden", *b"iovl", *b"tmap"];
/// What a picture is shown by: its size, colours, how it is coded, turned and cut out.
const PROPERTIES: [Name; 31] = [
    *b"ispe", *b"pixi", *b"colr", *b"pasp", *b"clap", *b"irot", *b"imir", *b"iscl", *b"auxC", *b"hvcC",
    *b"av1C", *b"avcC", *b"vvcC", *b"evcC", *b"lhvC", *b"oinf", *b"tols", *b"lsel", *b"a1op", *b"a1lx",
    *b"clli", *b"mdcv", *b"cclv", *b"amve", *b"ndwt", *b"rloc", *b"rref", *b"prdi", *b"reve", *b"free",
    *b"skip",
];
/// What is called so is no item that anybody knows.
const NOTHING: Name = *b"free";
/// The largest picture is put together of some hundred.
const ITEMS_MAX: usize = 10_000;
/// Bytes of a table of items.
const TABLE_MAX: u64 = 1 << 20;
/// No format of these has more, in pixels.
const SIDE_MAX: u32 = 0xffff;

/// Overwrites what a picture tells of its making, and tells how large it is. Nothing is written before all of it was
/// understood.
pub fn still<F: Read + Write + Seek>(file: &mut F) -> Result<Still> {
    let mut file = InPlace::new(file)?;
    let file = &mut file;
    let whole = file.whole();
    let meta = boxes::find(file, &whole, *b"meta")?.ok_or(Fault::Broken)?;
    let said = meta.content.start + VERSION_AND_FLAGS..meta.content.end;
    let items = items(file, &said)?;
    let main = main_item(file, &said)?;
    if !items.get(&main).is_some_and(|item| PICTURES.contains(&item.name)) {
        return Err(Fault::Broken);
    }
    let telling = |id: u32| items.get(&id).is_some_and(|item| !PICTURES.contains(&item.name));
    let places = places(file, &said, telling)?;
    let properties = boxes::find(file, &said, *b"iprp")?.ok_or(Fault::Broken)?.content;
    let owned = boxes::find(file, &properties, *b"ipco")?.ok_or(Fault::Broken)?.content;
    let owned = all(file, &owned)?;
    let own = of_item(file, &properties, main)?;
    let (width, height) = sides(file, &owned, &own)?;

    for place in places {
        file.clear(place)?;
    }
    for item in items.values().filter(|item| !PICTURES.contains(&item.name)) {
        file.write(item.name_at, &NOTHING)?;
    }
    for property in owned.iter().filter(|property| !PROPERTIES.contains(&property.name)) {
        boxes::free(file, property)?;
    }
    for found in all(file, &said)?.iter().filter(|found| !META_KEPT.contains(&found.name)) {
        boxes::free(file, found)?;
    }
    let mut animated = false;
    for found in all(file, &whole)? {
        if found.name == *b"moov" {
            animated |= walk(file, found.content, Level::Movie, Said::Nothing)?.seen;
        } else if !KEPT.contains(&found.name) {
            boxes::free(file, &found)?;
        }
    }
    Ok(Still { width, height, animated })
}

/// All boxes of a stretch.
fn all<F: Read + Write + Seek>(file: &mut InPlace<F>, within: &Range<u64>) -> Result<Vec<Found>> {
    let (mut rest, mut list) = (within.clone(), Vec::new());
    while let Some(found) = boxes::first(file, &rest)? {
        rest.start = found.content.end;
        list.push(found);
        if list.len() > ITEMS_MAX {
            return Err(Fault::Broken);
        }
    }
    Ok(list)
}

/// What an item is.
struct Item {
    name: Name,
    name_at: u64,
}

/// All items (ISO/IEC 14496-12, 8.11.6).
fn items<F: Read + Write + Seek>(file: &mut InPlace<F>, said: &Range<u64>) -> Result<HashMap<u32, Item>> {
    let list = boxes::find(file, said, *b"iinf")?.ok_or(Fault::Broken)?.content;
    let [version] = file.read(list.start)?;
    let count = if version == 0 { 2 } else { 4 };
    let entries = list.start.saturating_add(VERSION_AND_FLAGS + count)..list.end;
    let mut items = HashMap::new();
    for entry in all(file, &entries)? {
        let start = entry.content.start;
        let [version] = file.read(start)?;
        let id_at = start + VERSION_AND_FLAGS;
        // Before its name stands whether it is protected, in two bytes.
        let (id, name_at) = match version {
            2 => (u32::from(u16::from_be_bytes(file.read(id_at)?)), id_at + 4),
            3 => (u32::from_be_bytes(file.read(id_at)?), id_at + 6),
            _ => return Err(Fault::Broken),
        };
        items.insert(id, Item { name: file.read(name_at)?, name_at });
    }
    Ok(items)
}

/// The item that is shown.
fn main_item<F: Read + Write + Seek>(file: &mut InPlace<F>, said: &Range<u64>) -> Result<u32> {
    let main = boxes::find(file, said, *b"pitm")?.ok_or(Fault::Broken)?.content;
    let [version] = file.read(main.start)?;
    let id_at = main.start + VERSION_AND_FLAGS;
    Ok(if version == 0 {
        u32::from(u16::from_be_bytes(file.read(id_at)?))
    } else {
        u32::from_be_bytes(file.read(id_at)?)
    })
}

/// Where items are, as far as they are wanted (ISO/IEC 14496-12, 8.11.3).
fn places<F: Read + Write + Seek>(
    file: &mut InPlace<F>,
    said: &Range<u64>,
    is_wanted: impl Fn(u32) -> bool,
) -> Result<Vec<Range<u64>>> {
    const IN_FILE: u64 = 0;
    const IN_BOX: u64 = 1;
    let list = boxes::find(file, said, *b"iloc")?.ok_or(Fault::Broken)?.content;
    let list = file.bytes(list, TABLE_MAX)?;
    let inner = boxes::find(file, said, *b"idat")?.map(|found| found.content);
    let mut list = Numbers(&list);
    let version = list.take(1)?;
    list.take(3)?;
    let widths = list.take(2)?;
    let width = |shift: u32| usize::try_from(widths >> shift & 0xf).map_err(|_| Fault::Broken);
    let (offset, length, base, index) = (width(12)?, width(8)?, width(4)?, width(0)?);
    // Without a length it would go as far as the file.
    if version > 2 || length == 0 {
        return Err(Fault::Broken);
    }
    let id_width = if version < 2 { 2 } else { 4 };
    let mut places = Vec::new();
    for _ in 0..list.take(id_width)? {
        file.step()?;
        let id = u32::try_from(list.take(id_width)?).map_err(|_| Fault::Broken)?;
        let way = if version == 0 { IN_FILE } else { list.take(2)? & 0xf };
        let elsewhere = list.take(2)?;
        let base = list.take(base)?;
        for _ in 0..list.take(2)? {
            if version > 0 {
                list.take(index)?;
            }
            let from = base.checked_add(list.take(offset)?).ok_or(Fault::Broken)?;
            let long = list.take(length)?;
            let start = match (&inner, way) {
                _ if !is_wanted(id) || elsewhere != 0 => continue,
                (_, IN_FILE) => from,
                (Some(inner), IN_BOX) => inner.start.saturating_add(from),
                _ => return Err(Fault::Broken),
            };
            places.push(start..start.saturating_add(long));
        }
    }
    Ok(places)
}

/// The numbers of the properties that an item has (ISO/IEC 23008-12, 9.3).
fn of_item<F: Read + Write + Seek>(
    file: &mut InPlace<F>,
    properties: &Range<u64>,
    item: u32,
) -> Result<Vec<usize>> {
    let mut wanted = Vec::new();
    for list in all(file, properties)?.into_iter().filter(|found| found.name == *b"ipma") {
        let list = file.bytes(list.content, TABLE_MAX)?;
        let mut list = Numbers(&list);
        let (version, flags) = (list.take(1)?, list.take(3)?);
        let (id_width, width) = (if version == 0 { 2 } else { 4 }, if flags & 1 == 0 { 1 } else { 2 });
        for _ in 0..list.take(4)? {
            file.step()?;
            let is_its = list.take(id_width)? == u64::from(item);
            for _ in 0..list.take(1)? {
                let property = list.take(width)?;
                // Its highest bit says that it must be known.
                let property = property & if width == 1 { 0x7f } else { 0x7fff };
                if is_its {
                    wanted.extend(usize::try_from(property));
                }
            }
        }
    }
    Ok(wanted)
}

/// The sides of a picture once it is turned.
fn sides<F: Read + Write + Seek>(
    file: &mut InPlace<F>,
    properties: &[Found],
    numbers: &[usize],
) -> Result<(u32, u32)> {
    let (mut sides, mut quarters) = (None, 0);
    for property in numbers.iter().filter_map(|number| properties.get(number.checked_sub(1)?)) {
        let start = property.content.start;
        match &property.name {
            b"ispe" => {
                let side = start + VERSION_AND_FLAGS;
                let (width, height) = (file.read(side)?, file.read(side + 4)?);
                sides = Some((u32::from_be_bytes(width), u32::from_be_bytes(height)));
            }
            b"irot" => [quarters] = file.read(start)?,
            _ => {}
        }
    }
    let Some((width @ 1..=SIDE_MAX, height @ 1..=SIDE_MAX)) = sides else { return Err(Fault::Broken) };
    Ok(if quarters & 1 == 0 { (width, height) } else { (height, width) })
}

/// Numbers of some bytes each.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn take(&mut self, width: usize) -> Result<u64> {
        let (taken, rest) = self.0.split_at_checked(width).ok_or(Fault::Broken)?;
        self.0 = rest;
        Ok(number(taken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boxes::tests::{boxed, freed};
    use crate::tests::{holds, left};

    /// A picture of 40 by 30 that is turned by a quarter, put together of one, with what tells of it: in the file or
    /// within what is said, and as a property. Behind it stands what nobody knows.
    fn picture(exif: &[u8], names: [Name; 2], time: &[u8], unknown: &[u8]) -> Vec<u8> {
        let item =
            |id: u8, name: Name| boxed(*b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], &name[..], b"\0"].concat());
        let list =
            [&[0, 0, 0, 0, 0, 3][..], &item(1, *b"grid"), &item(2, names[0]), &item(3, names[1])].concat();
        // Offsets and lengths in four bytes each; of every item one piece.
        let place = |id: u8, way: u8, from: u16, long: u8| {
            let [high, low] = from.to_be_bytes();
            [0, id, 0, way, 0, 0, 0, 1, 0, 0, high, low, 0, 0, 0, long]
        };
        let places = |exif_at: u16| {
            let places = [place(1, 0, exif_at + 6, 4), place(2, 0, exif_at, 6), place(3, 1, 0, 6)].concat();
            boxed(*b"iloc", &[&[1, 0, 0, 0, 0x44, 0, 0, 3][..], &places].concat())
        };
        let size = boxed(*b"ispe", &[0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0, 30]);
        let owned = boxed(*b"ipco", &[&size[..], time, &boxed(*b"irot", &[1])].concat());
        let has = boxed(*b"ipma", &[0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 2, 1, 0x83]);
        let file = |exif_at: u16| {
            let said = [
                &[0; 4][..],
                &boxed(*b"pitm", &[0, 0, 0, 0, 0, 1]),
                &boxed(*b"iinf", &list),
                &places(exif_at),
                &boxed(*b"iprp", &[&owned[..], &has].concat()),
                &boxed(*b"idat", exif),
                unknown,
            ];
            let data = [exif, b"grid"].concat();
            [boxed(*b"ftyp", b"avif"), boxed(*b"meta", &said.concat()), boxed(*b"mdat", &data)].concat()
        };
        let behind = u16::try_from(file(0).len() - 10).unwrap();
        [&file(behind)[..], unknown].concat()
    }

    #[test]
    fn what_tells_of_a_picture_is_overwritten_wherever_it_stands() {
        let (time, unknown) = (boxed(*b"crtt", b"when"), boxed(*b"uuid", b"where"));
        let told = picture(b"secret", [*b"Exif", *b"mime"], &time, &unknown);
        let untold = picture(&[0; 6], [NOTHING; 2], &freed(&time), &freed(&unknown));
        let found = Some(Still { width: 30, height: 40, animated: false });
        assert_eq!(left(&told, still), (untold.clone(), found));
        assert_eq!(left(&untold, still), (untold.clone(), found), "what is clean stays as it is");
        // Before its data begins.
        for cut in 0..told.len() - unknown.len() - 18 {
            assert_eq!(left(&told[..cut], still), (told[..cut].to_vec(), None), "{cut}");
        }
    }

    #[test]
    fn a_photo_of_a_phone_tells_no_place() {
        let photo = include_bytes!("../tests/inputs/gps.heic");
        assert!(holds(photo, b"GPSMARKER"));
        let (left, found) = left(photo, still);
        assert_eq!(found, Some(Still { width: 800, height: 500, animated: false }));
        for word in [&b"GPSMARKER"[..], b"MarkerMake", b"2026:11:20", b"Exif"] {
            assert!(!holds(&left, word), "{word:?}");
        }
        // The picture itself.
        assert_eq!(left[0x1bd..0xd2c], photo[0x1bd..0xd2c]);
    }
}
