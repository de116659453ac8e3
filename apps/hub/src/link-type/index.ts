import { FormResults } from './form-results.js';
import { FormTick } from './form-tick.js';
import { OpenFormsController } from './open-forms.controller.js';
import { PaymentFormController } from './payment-form.controller.js';
import { PaymentForms } from './payment-forms.js';

/** Purchases that a buyer's browser makes, for the composition root. */
export const linkTypeProviders = [PaymentForms, FormResults, FormTick];
export const linkTypeControllers = [PaymentFormController, OpenFormsController];
