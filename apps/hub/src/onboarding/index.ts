import { OnboardingController } from './onboarding.controller.js';
import { Rehearsals } from './rehearsal.js';

/** The parts of the onboarding, for the composition root. */
export const onboardingControllers = [OnboardingController];
export const onboardingProviders = [Rehearsals];
