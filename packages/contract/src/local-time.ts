/** What reads or writes a date in the time zone of the machine. */
const localMethods = [
  ...['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds'].flatMap((part) => [
    `get${part}`,
    `set${part}`,
  ]),
  'getDay',
  'getTimezoneOffset',
  'toString',
  'toDateString',
  'toTimeString',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
];

/** A text with a time and without an offset means another moment on another machine. */
const isLocalText = (value: unknown): boolean =>
  typeof value === 'string' && !/^\d{4}-\d\d-\d\d$|Z$|[+-]\d\d:?\d\d$|GMT$/.test(value.trim());

/** Runs a function, and names what of it depended on the time zone of the machine. */
export function withoutLocalTime<T>(run: () => T): [T, string[]] {
  const uses: string[] = [];
  const { Date: RealDate } = globalThis;
  const restores = localMethods.map((name) => {
    const method: unknown = Reflect.get(RealDate.prototype, name);
    Reflect.set(RealDate.prototype, name, function traced(this: Date, ...args: unknown[]): unknown {
      uses.push(`Date.${name}`);
      return typeof method === 'function' ? Reflect.apply(method, this, args) : undefined;
    });
    return () => Reflect.set(RealDate.prototype, name, method);
  });
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[]): Date => {
      if (args.length > 1 || isLocalText(args[0]))
        uses.push(`new Date(${args.length > 1 ? '…, …' : 'a text without offset'})`);
      return Reflect.construct(target, args);
    },
    get: (target, key): unknown => {
      if (key !== 'parse') return Reflect.get(target, key);
      return (text: string) => {
        if (isLocalText(text)) uses.push('Date.parse(a text without offset)');
        return target.parse(text);
      };
    },
  });
  try {
    return [run(), uses];
  } finally {
    globalThis.Date = RealDate;
    restores.forEach((restore) => restore());
  }
}
