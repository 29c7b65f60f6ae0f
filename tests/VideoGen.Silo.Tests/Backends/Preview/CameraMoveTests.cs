using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Silo.Backends.Preview;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Backends.Preview;

public sealed class CameraMoveTests
{
    private static readonly IReadOnlyList<CameraMove> Moves =
        [.. Enumerable.Range(0, 500).Select(i => CameraMove.For($"generation-{i}"))];

    [Fact]
    public void One_generation_always_has_the_same_move() => Assert.Equal(CameraMove.For("a"), CameraMove.For("a"));

    [Fact]
    public void One_seed_is_one_move_whatever_the_generation()
    {
        var seeded = Orders.Request() with { Seed = 7 };

        Assert.Equal(CameraMove.For(new RenderRequest("a", 1, seeded)), CameraMove.For(new RenderRequest("b", 2, seeded)));
        Assert.NotEqual(
            CameraMove.For(new RenderRequest("a", 1, seeded)),
            CameraMove.For(new RenderRequest("a", 1, seeded with { Seed = 8 })));
        Assert.NotEqual(CameraMove.For(new RenderRequest("a", 1, Orders.Request())),
            CameraMove.For(new RenderRequest("b", 1, Orders.Request())));
    }

    [Fact]
    public void More_motion_is_a_larger_move()
    {
        double Zoom(Motion motion) => CameraMove.For(new RenderRequest("a", 1, Orders.Request() with { Motion = motion })).Zoom;

        Assert.True(Zoom(Motion.Low) < Zoom(Motion.Medium) && Zoom(Motion.Medium) < Zoom(Motion.High));
        Assert.Equal(CameraMove.For("a").Zoom, Zoom(Motion.Medium));
    }

    [Fact]
    public void Other_generations_have_other_moves() => Assert.Distinct(Moves.Select(move => (move.ShiftX, move.ShiftY)));

    [Fact]
    public void Moves_go_in_every_direction() => Assert.Equal(
        8, Moves.Select(move => (move.ShiftX > 0, move.ShiftY > 0, move.Roll > 0)).Distinct().Count());

    [Fact]
    public void A_move_can_be_seen() => Assert.All(Moves, move => Assert.InRange(move.Zoom, 1.13, 1.3));

    [Fact]
    public void The_view_never_leaves_the_picture() => Assert.All(MovesOfAllShapes(), one =>
    {
        var (move, ratio) = one;
        for (var eased = 0.0; eased <= 1; eased += 0.05)
        {
            var roll = Math.Abs(move.Roll) * eased;
            var half = 0.5 / (1 + (move.Zoom - 1) * eased);
            var (reachX, reachY) = (
                half * (Math.Cos(roll) + Math.Sin(roll) / ratio), half * (Math.Cos(roll) + Math.Sin(roll) * ratio));
            Assert.True(reachX + Math.Abs(move.ShiftX) * eased <= 0.5 + 1e-6, $"{move} at {eased} of {ratio}");
            Assert.True(reachY + Math.Abs(move.ShiftY) * eased <= 0.5 + 1e-6, $"{move} at {eased} of {ratio}");
        }
    });

    private static IEnumerable<(CameraMove Move, double Ratio)> MovesOfAllShapes() =>
        from ratio in (double[])[1, 16 / 9.0, 9 / 16.0, 21 / 9.0, 9 / 21.0, 8, 1 / 8.0]
        from motion in (Motion[])[Motion.Low, Motion.Medium, Motion.High]
        from seed in Enumerable.Range(0, 50)
        select (CameraMove.For($"{seed}", motion, ratio), ratio);
}
