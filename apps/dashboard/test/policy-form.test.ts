import {
  bandFaults,
  changedPolicies,
  countPolicyFaults,
  mallFaults,
  methodFaults,
  planFaults,
  openedPolicies,
  type EnteredBand,
  type EnteredMethod,
} from '../src/pages/policies/policy-form.js';

const band = (
  fromYen: EnteredBand['fromYen'],
  toYen: EnteredBand['toYen'],
  feeYen: EnteredBand['feeYen'],
) => ({
  fromYen,
  toYen,
  feeYen,
});
const connection = '0b6f2e0e-8f0a-4a6e-9a53-1f0c6f1c9a11';

describe('the fee bands of the form', () => {
  it('are right where they follow each other', () => {
    expect(bandFaults([band(1, 9_999, 205), band(10_000, 29_999, 300)])).toEqual([null, null]);
  });

  it('name what is missing, turned round, or said twice', () => {
    const bands = [band(1, 9_999, 205), band('', 1, 1), band(500, 100, 1), band(9_999, 20_000, 1)];
    expect(bandFaults(bands)).toEqual([null, 'incomplete', 'reversed', 'overlap']);
  });
});

describe('numbers that stand in the form as they were typed', () => {
  it('are faults in bands, methods, the plan, and where they are in use', () => {
    expect(bandFaults([band(1, '99999999', 205), band(1, 9, 'abc')])).toEqual(['incomplete', 'incomplete']);
    const opened = openedPolicies({ realTime: true, creditTiming: 'before-shipment' });
    for (const wrong of [
      { checkoutMinutes: '0' },
      { creditDaysBefore: '91' },
      { paymentPlan: [{ untilDays: null, everyHours: '999999' }] },
    ])
      expect(countPolicyFaults({ ...opened, ...wrong })).toBe(1);
  });

  it('are not sent where they are not in use: what is saved stays', () => {
    const opened = openedPolicies({ creditDaysBefore: 5 });
    const entered = { ...opened, creditDaysBefore: '91', checkoutMinutes: '' };
    expect(countPolicyFaults(entered)).toBe(0);
    expect(changedPolicies(entered, opened)).toEqual({});
  });

  it('name the line of the plan, and what is wrong in it', () => {
    const line = (untilDays: number | string | null, everyHours: number | string) => ({
      untilDays,
      everyHours,
    });
    expect(planFaults([line(3, 24), line(3, 12), line('', ''), line(9, '0'), line(null, 1)])).toEqual([
      null,
      'days',
      'days',
      'hours',
      null,
    ]);
  });
});

describe('the malls of the form', () => {
  it('need a name of their own and a connection', () => {
    const malls = [
      { name: '楽天', connectionId: connection },
      { name: '', connectionId: connection },
      { name: ' 楽天 ', connectionId: connection },
    ];
    expect(mallFaults(malls)).toEqual([null, 'incomplete', 'twice']);
  });
});

describe('the other methods of the form', () => {
  const method = (change: Partial<EnteredMethod>): EnteredMethod => ({
    name: '代金引換',
    feeBy: 'flat',
    feeYen: 330,
    feeBands: [],
    limitYen: '',
    note: '',
    ...change,
  });

  it('need a name of their own, a fee, and no limit of nothing', () => {
    const bands = { feeBy: 'bands' as const, feeYen: '' as const };
    const faults = methodFaults([
      method({}),
      method({ name: ' 代金引換 ' }),
      method({ name: ' ', feeYen: '', limitYen: 0 }),
      method({ name: 'カード', ...bands }),
      method({ name: '振込', ...bands, feeBands: [band(1, '', 1)] }),
      method({ name: 'コンビニ', ...bands, feeBands: [band(1, 9, 1)] }),
    ]);
    expect(faults).toEqual([[], ['twice'], ['name', 'fee', 'limit'], ['bands'], ['bands'], []]);
  });

  it('are saved with the one kind of fee that was chosen, and open again as they were', () => {
    const feeBands = [band(1, 9_999, 330)];
    const entered = {
      ...openedPolicies({}),
      otherMethods: [
        method({ name: ' 代金引換 ', feeBy: 'bands', feeYen: '', feeBands, limitYen: 300_000 }),
        method({ name: 'カード', feeYen: 0, feeBands, note: ' 一文 ' }),
      ],
    };
    const { otherMethods } = changedPolicies(entered, openedPolicies({}));
    expect(otherMethods).toEqual([
      { name: '代金引換', feeYen: 0, feeBands, limitYen: 300_000, note: '' },
      { name: 'カード', feeYen: 0, feeBands: [], limitYen: null, note: '一文' },
    ]);
    const opened = openedPolicies({ otherMethods });
    expect(opened.otherMethods.map(({ feeBy, limitYen }) => [feeBy, limitYen])).toEqual([
      ['bands', 300_000],
      ['flat', ''],
    ]);
    expect(countPolicyFaults(opened)).toBe(0);
    expect(changedPolicies(opened, opened)).toEqual({});
  });
});

describe('the policies as the API takes them', () => {
  it('hold only what was touched, so that the defaults of a cart stay', () => {
    const opened = openedPolicies({});
    expect(changedPolicies(opened, opened)).toEqual({});
    const entered = {
      ...opened,
      creditTiming: 'by-hand' as const,
      malls: [{ name: ' 楽天 ', connectionId: connection }],
    };
    expect(changedPolicies(entered, opened)).toEqual({
      creditTiming: 'by-hand',
      malls: { 楽天: connection },
    });
  });

  it('open as they were saved', () => {
    const saved = { feeMode: 'replace', feeBands: [band(1, 999_999, 205)], malls: { 楽天: connection } };
    const opened = openedPolicies(saved);
    expect(opened).toMatchObject({ feeMode: 'replace', splitShipments: 'all' });
    expect(opened.malls).toEqual([{ name: '楽天', connectionId: connection }]);
    expect(countPolicyFaults(opened)).toBe(0);
  });

  it('do not count bands that are not used', () => {
    const opened = openedPolicies({});
    const overlapping = { ...opened, feeMode: 'keep' as const, feeBands: [band(1, 9, 1), band(9, 20, 1)] };
    expect(countPolicyFaults(overlapping)).toBe(0);
    expect(changedPolicies(overlapping, opened)).toMatchObject({ feeBands: [band(1, 9, 1)] });
    const unfinished = { ...opened, feeBands: [band('', '', '')] };
    expect(countPolicyFaults(unfinished)).toBe(0);
    expect(countPolicyFaults({ ...unfinished, feeMode: 'add' as const })).toBe(1);
    expect(
      countPolicyFaults({ ...opened, creditTiming: 'before-shipment' as const, creditDaysBefore: '' }),
    ).toBe(1);
  });
});
