//go:build !purego

#include "go_asm.h"
#include "textflag.h"

DATA ones<>+0(SB)/8, $0x0001000100010001
DATA ones<>+8(SB)/8, $0x0001000100010001
DATA ones<>+16(SB)/8, $0x0001000100010001
DATA ones<>+24(SB)/8, $0x0001000100010001
GLOBL ones<>(SB), RODATA|NOPTR, $32

// ROW adds eight inputs of the row at x to its accumulators lo and hi. Four
// products are added in 16 bits, which kernel.go keeps exact, so that only one
// instruction in three widens.
#define ROW(x, lo, hi) \
	VPBROADCASTD (x)(AX*1), Y12    \
	VPBROADCASTD 4(x)(AX*1), Y13   \
	VPMADDUBSW   Y8, Y12, Y14      \
	VPMADDUBSW   Y10, Y13, Y15     \
	VPADDW       Y15, Y14, Y14     \
	VPMADDUBSW   Y9, Y12, Y12      \
	VPMADDUBSW   Y11, Y13, Y13     \
	VPADDW       Y13, Y12, Y12     \
	VPMADDWD     ones<>(SB), Y14, Y14 \
	VPMADDWD     ones<>(SB), Y12, Y12 \
	VPADDD       Y14, lo, lo       \
	VPADDD       Y12, hi, hi

// STORE turns the accumulators of one row into floats. Y8, Y9 hold the sums of
// the columns and Y10, Y11 their scales.
#define STORE(i, lo, hi) \
	VPBROADCASTD (4*i)(R14), Y12 \
	VPMULLD      Y8, Y12, Y13    \
	VPMULLD      Y9, Y12, Y14    \
	VPSUBD       Y13, lo, lo     \
	VPSUBD       Y14, hi, hi     \
	VCVTDQ2PS    lo, lo          \
	VCVTDQ2PS    hi, hi          \
	VBROADCASTSS (4*i)(R13), Y12 \
	VMULPS       Y10, Y12, Y13   \
	VMULPS       Y11, Y12, Y14   \
	VMULPS       Y13, lo, lo     \
	VMULPS       Y14, hi, hi     \
	VADDPS       (BX), lo, lo    \
	VADDPS       32(BX), hi, hi  \
	VMOVUPS      lo, (DX)        \
	VMOVUPS      hi, 32(DX)      \
	ADDQ         R10, DX

// func panelAVX2(a *panelArgs)
TEXT ·panelAVX2(SB), NOSPLIT, $8-8
	MOVQ a+0(FP), R8
	MOVQ panelArgs_out(R8), DX
	MOVQ panelArgs_stride(R8), R10
	MOVQ panelArgs_x(R8), SI
	MOVQ panelArgs_k(R8), CX
	MOVQ panelArgs_rowScale(R8), R13
	MOVQ panelArgs_zero(R8), R14
	MOVQ panelArgs_rows(R8), DI
	LEAQ (R13)(DI*4), DI
	MOVQ DI, end-8(SP)

tile:
	MOVQ  panelArgs_w(R8), DI
	LEAQ  (SI)(CX*1), R9   // row 1
	LEAQ  (SI)(CX*2), R11  // row 2
	LEAQ  (R9)(CX*2), R12  // row 3
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	XORQ  AX, AX

inputs:
	VMOVDQU (DI), Y8
	VMOVDQU 32(DI), Y9
	VMOVDQU 64(DI), Y10
	VMOVDQU 96(DI), Y11
	ROW(SI, Y0, Y1)
	ROW(R9, Y2, Y3)
	ROW(R11, Y4, Y5)
	ROW(R12, Y6, Y7)
	ADDQ    $128, DI
	ADDQ    $8, AX
	CMPQ    AX, CX
	JLT     inputs

	MOVQ    panelArgs_sum(R8), DI
	MOVQ    panelArgs_scale(R8), AX
	MOVQ    panelArgs_bias(R8), BX
	VMOVDQU (DI), Y8
	VMOVDQU 32(DI), Y9
	VMOVUPS (AX), Y10
	VMOVUPS 32(AX), Y11
	STORE(0, Y0, Y1)
	STORE(1, Y2, Y3)
	STORE(2, Y4, Y5)
	STORE(3, Y6, Y7)
	ADDQ    $16, R13
	ADDQ    $16, R14
	LEAQ    (R12)(CX*1), SI
	CMPQ    R13, end-8(SP)
	JNE     tile
	VZEROUPPER
	RET
