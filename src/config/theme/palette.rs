//! The colours of the themes.

use ratatui::style::Color;

use crate::model::article::Kind;

/// The colours of a theme in 24 bits, `0xRRGGBB`.
pub(super) struct Palette {
    pub dim: u32,
    pub title: u32,
    pub heading: u32,
    pub link: u32,
    pub accent: u32,
    pub bookmark: u32,
    pub quote: u32,
    pub code: u32,
    pub rule: u32,
    pub warning: u32,
    pub seen: u32,
    pub part_seen: u32,
    pub hit: u32,
    pub on_hit: u32,
    pub selected: u32,
    pub selected_dim: u32,
    pub highlights: [u32; Kind::COUNT],
    pub selection: u32,
}

/// For dark backgrounds.
pub(super) const DARK: Palette = Palette {
    dim: 0x8d_93_9e,
    title: 0xf0_dd_b8,
    heading: 0x9c_c4_e4,
    link: 0x88_c4_c2,
    accent: 0xe0_b0_70,
    bookmark: 0xe0_a0_80,
    quote: 0xb9_c0_cc,
    code: 0xac_cf_a0,
    rule: 0x5a_61_6e,
    warning: 0xf0_8c_7c,
    seen: 0x84_a8_86,
    part_seen: 0xd8_c0_80,
    hit: 0xe8_c8_70,
    on_hit: 0x20_1c_10,
    selected: 0x34_42_5c,
    selected_dim: 0x2b_30_3a,
    highlights: [0x50_42_10, 0x14_46_5c, 0x22_4c_2a, 0x5c_2a_2e, 0x48_30_60],
    selection: 0x3a_50_78,
};

/// For light backgrounds.
pub(super) const LIGHT: Palette = Palette {
    dim: 0x66_6b_75,
    title: 0x5c_3c_0c,
    heading: 0x1f_52_80,
    link: 0x0c_5c_62,
    accent: 0x8a_50_08,
    bookmark: 0x99_45_22,
    quote: 0x4a_50_5a,
    code: 0x2c_5e_2e,
    rule: 0xa8_ae_b8,
    warning: 0xb0_26_1c,
    seen: 0x3d_6b_41,
    part_seen: 0x74_58_0c,
    hit: 0xf4_d8_78,
    on_hit: 0x28_20_08,
    selected: 0xcf_df_f2,
    selected_dim: 0xe6_e9_ee,
    highlights: [0xfb_ec_a4, 0xc4_e8_f4, 0xcc_f0_c8, 0xf8_d0_cc, 0xe4_d4_f6],
    selection: 0xb4_d0_f4,
};

/// The terminal's own colours for the kinds of highlights.
pub(super) const ANSI: [Color; Kind::COUNT] = [
    Color::Yellow,
    Color::Cyan,
    Color::Green,
    Color::Red,
    Color::Blue,
];
