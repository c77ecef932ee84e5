//! A JSON record as it came: every value with its path. Read as a stream, so that the first fields of a large record are
//! there before its last ones are looked at.

use std::fmt::{self, Write};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::formats::RecordField;

/// Every value of a JSON record in the record's order, with its path (`armGroups[0].label`); at most the first `most`.
/// Bytes that are no JSON come back whole, under an empty path.
pub fn fields(bytes: &[u8], most: usize) -> Vec<RecordField> {
    let mut walk = Walk { path: String::new(), out: Vec::new(), most };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = walk.deserialize(&mut json).and_then(|()| json.end());
    // Beyond the fields that are wanted the bytes are not looked at: the error is our own.
    if read.is_err() && walk.out.len() < most {
        return vec![RecordField { path: String::new(), value: String::from_utf8_lossy(bytes).into_owned() }];
    }
    walk.out
}

/// The way through the record. Its depth is bounded: `serde_json` refuses what is nested deeper than its limit.
struct Walk {
    /// Where it is.
    path: String,
    out: Vec<RecordField>,
    most: usize,
}

impl Walk {
    fn tell<E: Error>(&mut self, value: impl Into<String>) -> Result<(), E> {
        if self.out.len() >= self.most {
            return Err(E::custom("enough"));
        }
        self.out.push(RecordField { path: self.path.clone(), value: value.into() });
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Walk {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Walk {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let (length, mut empty) = (self.path.len(), true);
        while let Some(key) = members.next_key::<String>()? {
            if length > 0 {
                self.path.push('.');
            }
            self.path.push_str(&key);
            members.next_value_seed(&mut *self)?;
            self.path.truncate(length);
            empty = false;
        }
        if empty { self.tell("{}") } else { Ok(()) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let (length, mut index) = (self.path.len(), 0);
        loop {
            let _ = write!(self.path, "[{index}]");
            let item = items.next_element_seed(&mut *self)?;
            self.path.truncate(length);
            if item.is_none() {
                break;
            }
            index += 1;
        }
        if index == 0 { self.tell("[]") } else { Ok(()) }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.tell(text)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.tell(value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.tell(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.tell(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.tell(Number::from_f64(value).map(|number| number.to_string()).unwrap_or_default())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.tell("null")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str, most: usize) -> Vec<String> {
        fields(json.as_bytes(), most)
            .into_iter()
            .map(|field| format!("{}={}", field.path, field.value))
            .collect()
    }

    #[test]
    fn every_value_has_its_path_in_the_records_order() {
        let json = r#"{"z":{"b":"x\ny","a":[1,-2,0.5,true,null,{}]},"y":[],"k":[[{"m":"n"}]]}"#;
        let all = [
            "z.b=x\ny",
            "z.a[0]=1",
            "z.a[1]=-2",
            "z.a[2]=0.5",
            "z.a[3]=true",
            "z.a[4]=null",
            "z.a[5]={}",
            "y=[]",
            "k[0][0].m=n",
        ];
        assert_eq!(told(json, usize::MAX), all);
        assert_eq!(told(json, 3), all[..3]);
        assert_eq!(told(json, all.len()), all);
    }

    #[test]
    fn what_is_no_json_comes_back_whole_unless_enough_stood_before_it() {
        assert_eq!(told(r#"{"a":1,"#, usize::MAX), [r#"={"a":1,"#]);
        assert_eq!(told(r#"{"a":1} x"#, usize::MAX), [r#"={"a":1} x"#]);
        assert_eq!(told(r#"{"a":1,"#, 1), ["a=1"]);
        assert_eq!(told("", usize::MAX), ["="]);
    }
}
