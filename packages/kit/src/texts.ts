/** A text in both languages of the product. */
export interface LocalText {
  readonly ja: string;
  readonly en: string;
}
