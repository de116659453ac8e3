/** Japanese comes first; English is the switch. */
export type Language = 'ja' | 'en';
