using VideoGen.Silo.Inference.Preview;

namespace VideoGen.Silo.Tests.Inference.Preview;

public sealed class CameraMoveTests
{
    private static readonly IReadOnlyList<CameraMove> Moves =
        [.. Enumerable.Range(0, 500).Select(i => CameraMove.For($"generation-{i}"))];

    [Fact]
    public void One_generation_always_has_the_same_move() => Assert.Equal(CameraMove.For("a"), CameraMove.For("a"));

    [Fact]
    public void Other_generations_have_other_moves() => Assert.Distinct(Moves.Select(move => (move.ShiftX, move.ShiftY)));

    [Fact]
    public void Moves_go_in_every_direction() => Assert.Equal(
        8, Moves.Select(move => (move.ShiftX > 0, move.ShiftY > 0, move.Roll > 0)).Distinct().Count());

    [Fact]
    public void A_move_can_be_seen() => Assert.All(Moves, move => Assert.InRange(move.Zoom, 1.13, 1.3));

    [Fact]
    public void The_view_never_leaves_the_picture() => Assert.All(Moves, move =>
    {
        for (var eased = 0.0; eased <= 1; eased += 0.05)
        {
            var roll = Math.Abs(move.Roll) * eased;
            var reach = 0.5 / (1 + (move.Zoom - 1) * eased) * (Math.Cos(roll) + Math.Sin(roll));
            var shift = Math.Max(Math.Abs(move.ShiftX), Math.Abs(move.ShiftY)) * eased;
            Assert.True(reach + shift <= 0.5 + 1e-6, $"{move} at {eased}");
        }
    });
}
