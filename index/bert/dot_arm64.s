//go:build !purego

#include "textflag.h"

// SDOT is SDOT Vd.4S, Vn.16B, Vm.4B[2h+l], which the assembler does not know:
// four columns' four weights in Vn, four inputs of a row in the part of Vm.
#define SDOT(d, n, m, h, l) WORD $(0x4F80E000 | (l<<21) | (m<<16) | (h<<11) | (n<<5) | d)

// STEP adds four inputs of four rows, V4 to V7, to the accumulators.
#define STEP(h, l) \
	VLD1.P 64(R3), [V0.B16, V1.B16, V2.B16, V3.B16] \
	SDOT(16, 0, 4, h, l) \
	SDOT(17, 1, 4, h, l) \
	SDOT(18, 2, 4, h, l) \
	SDOT(19, 3, 4, h, l) \
	SDOT(20, 0, 5, h, l) \
	SDOT(21, 1, 5, h, l) \
	SDOT(22, 2, 5, h, l) \
	SDOT(23, 3, 5, h, l) \
	SDOT(24, 0, 6, h, l) \
	SDOT(25, 1, 6, h, l) \
	SDOT(26, 2, 6, h, l) \
	SDOT(27, 3, 6, h, l) \
	SDOT(28, 0, 7, h, l) \
	SDOT(29, 1, 7, h, l) \
	SDOT(30, 2, 7, h, l) \
	SDOT(31, 3, 7, h, l)

#define ZERO(v) VEOR v.B16, v.B16, v.B16

// func dotNEON(acc *[tileRows][panelCols]int32, x *byte, k int, w *byte)
TEXT ·dotNEON(SB), NOSPLIT, $0-32
	MOVD acc+0(FP), R0
	MOVD x+8(FP), R1
	MOVD k+16(FP), R2
	MOVD w+24(FP), R3
	ADD  R2, R1, R4
	ADD  R2, R4, R5
	ADD  R2, R5, R6
	ZERO(V16)
	ZERO(V17)
	ZERO(V18)
	ZERO(V19)
	ZERO(V20)
	ZERO(V21)
	ZERO(V22)
	ZERO(V23)
	ZERO(V24)
	ZERO(V25)
	ZERO(V26)
	ZERO(V27)
	ZERO(V28)
	ZERO(V29)
	ZERO(V30)
	ZERO(V31)

loop:
	VLD1.P 16(R1), [V4.B16]
	VLD1.P 16(R4), [V5.B16]
	VLD1.P 16(R5), [V6.B16]
	VLD1.P 16(R6), [V7.B16]
	STEP(0, 0)
	STEP(0, 1)
	STEP(1, 0)
	STEP(1, 1)
	SUBS   $16, R2, R2
	BNE    loop

	VST1.P [V16.S4, V17.S4, V18.S4, V19.S4], 64(R0)
	VST1.P [V20.S4, V21.S4, V22.S4, V23.S4], 64(R0)
	VST1.P [V24.S4, V25.S4, V26.S4, V27.S4], 64(R0)
	VST1.P [V28.S4, V29.S4, V30.S4, V31.S4], 64(R0)
	RET
