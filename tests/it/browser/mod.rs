//! The browser, driven by keys through the real update loop and looked at as text and as style runs.

mod anything;
mod ascii;
mod calendar;
mod comparing;
mod criteria;
mod crumbs;
mod desk;
mod finder;
mod findings;
mod guide;
mod hostile;
mod keeping;
mod keys;
mod library;
mod list;
mod moving;
mod panes;
mod patient;
mod screen;
mod scripts;
mod second;
mod sessions;
mod sets;
mod taking;
mod trials;
mod watching;
