/** Injection tokens of what is not a class. */
export const CLOCK = Symbol('Clock');
export const IDS = Symbol('IdSource');
export const ENVIRONMENT = Symbol('Environment');
export const KEYRING = Symbol('Keyring');
export const TIMING = Symbol('Timing');
