/** A text in both languages of the product. */
export interface LocalText {
  readonly ja: string;
  readonly en: string;
}

/** What a settings form shows of one field. */
interface FieldText {
  readonly title: LocalText;
  readonly help: LocalText;
}

/**
 * Gives each field of a settings form its part of the schema, for zod's `meta`: `about('token', true)` shows the texts of
 * `token`, and keeps what is entered a secret. zod types `title` as one string, ours has two languages: hence the narrow type.
 */
export function aboutFields<Name extends string>(texts: Readonly<Record<Name, FieldText>>) {
  return (name: Name, secret = false): { secret: boolean } => Object.assign({ secret }, texts[name]);
}
