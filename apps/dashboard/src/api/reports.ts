import type { Health, Report } from '@np-hub/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from './client.js';

const refetchMs = 15_000;

export const useHealth = () =>
  useQuery({
    queryKey: ['health-board'],
    queryFn: ({ signal }) => call<Health>('GET', '/health-board', { signal }),
    refetchInterval: refetchMs,
  });

export interface ReportRange {
  readonly from: string;
  readonly to: string;
  readonly shopId: string;
}

/** The range as the API takes it. */
export function reportQuery({ from, to, shopId }: ReportRange): string {
  return new URLSearchParams({ from, to, ...(shopId ? { shopId } : {}) }).toString();
}

export const useReport = (range: ReportRange) =>
  useQuery({
    queryKey: ['reports', reportQuery(range)],
    queryFn: ({ signal }) => call<Report>('GET', `/reports?${reportQuery(range)}`, { signal }),
    placeholderData: keepPreviousData,
  });
