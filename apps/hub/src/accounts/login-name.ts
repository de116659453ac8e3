import { z } from 'zod';

/** A login as somebody typed it: a Japanese keyboard's full-width letters are the same as the others. */
export const loginSchema = z.string().normalize('NFKC').trim().min(1).max(100);
