//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// ROW adds eight inputs of the row at x to its two accumulators: two, so that
// one need not wait for the other.
#define ROW(x, even, odd) \
	VPBROADCASTD (x)(AX*1), Z10  \
	VPBROADCASTD 4(x)(AX*1), Z11 \
	VPDPBUSD     Z8, Z10, even   \
	VPDPBUSD     Z9, Z11, odd

// STORE turns the accumulators of one row into floats. Z8 holds the sums of the
// columns, Z9 their scales, Z10 their bias.
#define STORE(i, even, odd) \
	VPADDD       odd, even, even  \
	VPBROADCASTD (4*i)(R14), Z11  \
	VPMULLD      Z8, Z11, Z11     \
	VPSUBD       Z11, even, even  \
	VCVTDQ2PS    even, even       \
	VBROADCASTSS (4*i)(R13), Z11  \
	VMULPS       Z9, Z11, Z11     \
	VMULPS       Z11, even, even  \
	VADDPS       Z10, even, even  \
	VMOVUPS      even, (DX)       \
	ADDQ         R10, DX

// func panelVNNI(a *panelArgs)
//
// As panelAVX2, with all 16 columns in one register. VPDPBUSD adds in 32 bits.
TEXT ·panelVNNI(SB), NOSPLIT, $8-8
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
	MOVQ   panelArgs_w(R8), DI
	LEAQ   (SI)(CX*1), R9   // row 1
	LEAQ   (SI)(CX*2), R11  // row 2
	LEAQ   (R9)(CX*2), R12  // row 3
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7
	XORQ   AX, AX

inputs:
	VMOVDQU32 (DI), Z8
	VMOVDQU32 64(DI), Z9
	ROW(SI, Z0, Z1)
	ROW(R9, Z2, Z3)
	ROW(R11, Z4, Z5)
	ROW(R12, Z6, Z7)
	ADDQ      $128, DI
	ADDQ      $8, AX
	CMPQ      AX, CX
	JLT       inputs

	MOVQ      panelArgs_sum(R8), DI
	MOVQ      panelArgs_scale(R8), AX
	MOVQ      panelArgs_bias(R8), BX
	VMOVDQU32 (DI), Z8
	VMOVUPS   (AX), Z9
	VMOVUPS   (BX), Z10
	STORE(0, Z0, Z1)
	STORE(1, Z2, Z3)
	STORE(2, Z4, Z5)
	STORE(3, Z6, Z7)
	ADDQ      $16, R13
	ADDQ      $16, R14
	LEAQ      (R12)(CX*1), SI
	CMPQ      R13, end-8(SP)
	JNE       tile
	VZEROUPPER
	RET
