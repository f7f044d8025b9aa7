// OpenCL's built-in functions, as far as the kernels call them, in terms of NVPTX's instructions: what a driver's own
// library does under fast-relaxed math. Included before a kernel by instructions.py; one that is missing here stays a
// call, which the script reports.

#define BUILTIN __attribute__((overloadable, always_inline))

size_t BUILTIN get_group_id(uint d) { return __nvvm_read_ptx_sreg_ctaid_x(); }
size_t BUILTIN get_local_id(uint d) { return __nvvm_read_ptx_sreg_tid_x(); }
size_t BUILTIN get_local_size(uint d) { return __nvvm_read_ptx_sreg_ntid_x(); }
size_t BUILTIN get_num_groups(uint d) { return __nvvm_read_ptx_sreg_nctaid_x(); }
size_t BUILTIN get_global_id(uint d) { return get_group_id(d) * get_local_size(d) + get_local_id(d); }
size_t BUILTIN get_global_size(uint d) { return get_num_groups(d) * get_local_size(d); }
void __attribute__((overloadable, always_inline, convergent)) barrier(cl_mem_fence_flags f) { __syncthreads(); }

int BUILTIN max(int a, int b) { return a > b ? a : b; }
int BUILTIN min(int a, int b) { return a < b ? a : b; }
long BUILTIN max(long a, long b) { return a > b ? a : b; }
long BUILTIN min(long a, long b) { return a < b ? a : b; }
float BUILTIN max(float a, float b) { return __nvvm_fmax_ftz_f(a, b); }
float BUILTIN min(float a, float b) { return __nvvm_fmin_ftz_f(a, b); }
float BUILTIN fmax(float a, float b) { return __nvvm_fmax_ftz_f(a, b); }
float BUILTIN fmin(float a, float b) { return __nvvm_fmin_ftz_f(a, b); }
float BUILTIN fabs(float a) { return __nvvm_fabs_ftz_f(a); }
float BUILTIN floor(float a) { return __nvvm_floor_ftz_f(a); }
float BUILTIN fma(float a, float b, float c) { return __nvvm_fma_rn_ftz_f(a, b, c); }
float BUILTIN mad(float a, float b, float c) { return __nvvm_fma_rn_ftz_f(a, b, c); }
float BUILTIN exp(float a) { return __nvvm_ex2_approx_ftz_f(a * 0x1.715476p+0f); }
float BUILTIN exp2(float a) { return __nvvm_ex2_approx_ftz_f(a); }
float BUILTIN log(float a) { return __nvvm_lg2_approx_ftz_f(a) * 0x1.62e43p-1f; }
float BUILTIN log2(float a) { return __nvvm_lg2_approx_ftz_f(a); }
float BUILTIN sqrt(float a) { return __nvvm_sqrt_approx_ftz_f(a); }
float BUILTIN native_exp(float a) { return exp(a); }
float BUILTIN native_log(float a) { return log(a); }

int BUILTIN isnan(float a) { return a != a; }
int BUILTIN isless(float a, float b) { return a < b; }
int BUILTIN isgreater(float a, float b) { return a > b; }
int BUILTIN islessequal(float a, float b) { return a <= b; }
int BUILTIN isgreaterequal(float a, float b) { return a >= b; }
int BUILTIN isequal(float a, float b) { return a == b; }

double BUILTIN fmax(double a, double b) { return __nvvm_fmax_d(a, b); }
double BUILTIN fmin(double a, double b) { return __nvvm_fmin_d(a, b); }
int BUILTIN isless(double a, double b) { return a < b; }
int BUILTIN isgreater(double a, double b) { return a > b; }
int BUILTIN islessequal(double a, double b) { return a <= b; }
int BUILTIN isgreaterequal(double a, double b) { return a >= b; }
int BUILTIN isequal(double a, double b) { return a == b; }
