/** The text of a file in code page 932, as Windows reads it. */
export const decodeCp932 = (bytes: Uint8Array): string => new TextDecoder('shift_jis').decode(bytes);
