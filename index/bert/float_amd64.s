//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// FOLD adds the eight lanes of y to one number in x, its low half, as fold does.
#define FOLD(y, x, t) \
	VEXTRACTF128 $1, y, t \
	VADDPS       t, x, x  \
	VMOVHLPS     x, x, t  \
	VADDPS       t, x, x  \
	VMOVSHDUP    x, t     \
	VADDSS       t, x, x

// func rangeAVX2(x, smooth *float32, n int) (lo, hi float32)
//
// The least and the greatest of the products and 0.
TEXT ·rangeAVX2(SB), NOSPLIT, $0-32
	MOVQ   x+0(FP), SI
	MOVQ   smooth+8(FP), DI
	MOVQ   n+16(FP), CX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1

loop:
	VMOVUPS (SI), Y2
	VMULPS  (DI), Y2, Y2
	VMINPS  Y2, Y0, Y0
	VMAXPS  Y2, Y1, Y1
	ADDQ    $32, SI
	ADDQ    $32, DI
	SUBQ    $8, CX
	JGT     loop

	VEXTRACTF128 $1, Y0, X2
	VEXTRACTF128 $1, Y1, X3
	VMINPS       X2, X0, X0
	VMAXPS       X3, X1, X1
	VMOVHLPS     X0, X0, X2
	VMOVHLPS     X1, X1, X3
	VMINPS       X2, X0, X0
	VMAXPS       X3, X1, X1
	VMOVSHDUP    X0, X2
	VMOVSHDUP    X1, X3
	VMINSS       X2, X0, X0
	VMAXSS       X3, X1, X1
	VMOVSS       X0, lo+24(FP)
	VMOVSS       X1, hi+28(FP)
	VZEROUPPER
	RET

// func bytesAVX2(q *byte, x, smooth *float32, n int, inv float32, zero int32)
//
// Conversion rounds half to even; packing stops at 0.
TEXT ·bytesAVX2(SB), NOSPLIT, $0-40
	MOVQ         q+0(FP), DI
	MOVQ         x+8(FP), SI
	MOVQ         smooth+16(FP), DX
	MOVQ         n+24(FP), CX
	VBROADCASTSS inv+32(FP), Y4
	MOVL         zero+36(FP), AX
	VMOVD        AX, X5
	VPBROADCASTD X5, Y5
	MOVL         $const_maxAct, AX
	VMOVD        AX, X6
	VPBROADCASTB X6, X6

loop:
	VMOVUPS      (SI), Y0
	VMULPS       (DX), Y0, Y0
	VMULPS       Y4, Y0, Y0
	VCVTPS2DQ    Y0, Y0
	VPADDD       Y5, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW    X1, X0, X0
	VPACKUSWB    X0, X0, X0
	VPMINUB      X6, X0, X0
	VMOVQ        X0, (DI)
	ADDQ         $32, SI
	ADDQ         $32, DX
	ADDQ         $8, DI
	SUBQ         $8, CX
	JGT          loop
	VZEROUPPER
	RET

// func sumAVX2(x, y *float32, n int) float32
//
// Adds y to x and returns the sum of that.
TEXT ·sumAVX2(SB), NOSPLIT, $0-28
	MOVQ   x+0(FP), SI
	MOVQ   y+8(FP), DI
	MOVQ   n+16(FP), CX
	VXORPS Y0, Y0, Y0

loop:
	VMOVUPS (SI), Y1
	VADDPS  (DI), Y1, Y1
	VMOVUPS Y1, (SI)
	VADDPS  Y1, Y0, Y0
	ADDQ    $32, SI
	ADDQ    $32, DI
	SUBQ    $8, CX
	JGT     loop

	FOLD(Y0, X0, X1)
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func centreAVX2(x *float32, n int, mean float32) float32
//
// Subtracts mean from x and returns the sum of the squares.
TEXT ·centreAVX2(SB), NOSPLIT, $0-28
	MOVQ         x+0(FP), SI
	MOVQ         n+8(FP), CX
	VBROADCASTSS mean+16(FP), Y2
	VXORPS       Y0, Y0, Y0

loop:
	VMOVUPS (SI), Y1
	VSUBPS  Y2, Y1, Y1
	VMOVUPS Y1, (SI)
	VMULPS  Y1, Y1, Y1
	VADDPS  Y1, Y0, Y0
	ADDQ    $32, SI
	SUBQ    $8, CX
	JGT     loop

	FOLD(Y0, X0, X1)
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func scaleAVX2(x, weight, bias *float32, n int, inv float32)
//
// Multiplies x by inv and weight and adds bias.
TEXT ·scaleAVX2(SB), NOSPLIT, $0-36
	MOVQ         x+0(FP), SI
	MOVQ         weight+8(FP), DI
	MOVQ         bias+16(FP), DX
	MOVQ         n+24(FP), CX
	VBROADCASTSS inv+32(FP), Y1

loop:
	VMULPS  (SI), Y1, Y0
	VMULPS  (DI), Y0, Y0
	VADDPS  (DX), Y0, Y0
	VMOVUPS Y0, (SI)
	ADDQ    $32, SI
	ADDQ    $32, DI
	ADDQ    $32, DX
	SUBQ    $8, CX
	JGT     loop
	VZEROUPPER
	RET

// MIX adds the products of one number of a and 16 of b.
#define MIX(a, lo, hi) \
	VBROADCASTSS (a)(CX*4), Y10 \
	VMULPS       Y8, Y10, Y11   \
	VMULPS       Y9, Y10, Y12   \
	VADDPS       Y11, lo, lo    \
	VADDPS       Y12, hi, hi

// func mixAVX2(m *mixArgs)
//
// Four rows, whatever m.rows says.
TEXT ·mixAVX2(SB), NOSPLIT, $0-8
	MOVQ m+0(FP), R8
	MOVQ mixArgs_out(R8), DX
	MOVQ mixArgs_outStride(R8), R10
	MOVQ mixArgs_a(R8), SI
	MOVQ mixArgs_aStride(R8), AX
	LEAQ (SI)(AX*1), R9
	LEAQ (SI)(AX*2), R11
	LEAQ (R9)(AX*2), R12
	MOVQ mixArgs_b(R8), DI
	MOVQ mixArgs_bStride(R8), R14
	MOVQ mixArgs_cols(R8), BX
	MOVQ mixArgs_k(R8), R8

wide:
	CMPQ   BX, $16
	JLT    narrow
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	MOVQ   DI, R13
	XORQ   CX, CX

wideLoop:
	VMOVUPS (R13), Y8
	VMOVUPS 32(R13), Y9
	MIX(SI, Y0, Y1)
	MIX(R9, Y2, Y3)
	MIX(R11, Y4, Y5)
	MIX(R12, Y6, Y7)
	ADDQ    R14, R13
	INCQ    CX
	CMPQ    CX, R8
	JLT     wideLoop

	MOVQ    DX, R13
	VMOVUPS Y0, (R13)
	VMOVUPS Y1, 32(R13)
	ADDQ    R10, R13
	VMOVUPS Y2, (R13)
	VMOVUPS Y3, 32(R13)
	ADDQ    R10, R13
	VMOVUPS Y4, (R13)
	VMOVUPS Y5, 32(R13)
	ADDQ    R10, R13
	VMOVUPS Y6, (R13)
	VMOVUPS Y7, 32(R13)
	ADDQ    $64, DX
	ADDQ    $64, DI
	SUBQ    $16, BX
	JMP     wide

narrow:
	TESTQ  BX, BX
	JLE    done
	VXORPS Y0, Y0, Y0
	VXORPS Y2, Y2, Y2
	VXORPS Y4, Y4, Y4
	VXORPS Y6, Y6, Y6
	XORQ   CX, CX

narrowLoop:
	VMOVUPS      (DI), Y8
	VBROADCASTSS (SI)(CX*4), Y10
	VBROADCASTSS (R9)(CX*4), Y11
	VBROADCASTSS (R11)(CX*4), Y12
	VBROADCASTSS (R12)(CX*4), Y13
	VMULPS       Y8, Y10, Y10
	VMULPS       Y8, Y11, Y11
	VMULPS       Y8, Y12, Y12
	VMULPS       Y8, Y13, Y13
	VADDPS       Y10, Y0, Y0
	VADDPS       Y11, Y2, Y2
	VADDPS       Y12, Y4, Y4
	VADDPS       Y13, Y6, Y6
	ADDQ         R14, DI
	INCQ         CX
	CMPQ         CX, R8
	JLT          narrowLoop

	VMOVUPS Y0, (DX)
	ADDQ    R10, DX
	VMOVUPS Y2, (DX)
	ADDQ    R10, DX
	VMOVUPS Y4, (DX)
	ADDQ    R10, DX
	VMOVUPS Y6, (DX)

done:
	VZEROUPPER
	RET
